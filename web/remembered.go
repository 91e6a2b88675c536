package web

import (
	"context"
	"sync"
)

// remembered keeps values that many answers want, for as long as the data stay as they
// are. The zero one is ready for use.
type remembered[T any] struct {
	mutex   sync.Mutex
	version int64
	values  map[string]*value[T]
}

type value[T any] struct {
	mutex sync.Mutex
	known bool
	is    T
}

// rememberedMost bounds how many values are kept.
const rememberedMost = 16

// get gives a value of this version of the data; who asks first works it out, and others
// wait for it.
func (r *remembered[T]) get(ctx context.Context, key string, version int64, work func(context.Context) (T, error)) (T, error) {
	r.mutex.Lock()
	if r.version != version || len(r.values) >= rememberedMost {
		r.version, r.values = version, nil
	}
	if r.values == nil {
		r.values = map[string]*value[T]{}
	}
	v := r.values[key]
	if v == nil {
		v = &value[T]{}
		r.values[key] = v
	}
	r.mutex.Unlock()
	v.mutex.Lock()
	defer v.mutex.Unlock()
	if v.known {
		return v.is, nil
	}
	is, err := work(ctx)
	if err == nil {
		v.is, v.known = is, true
	}
	return is, err
}
