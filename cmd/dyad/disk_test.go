//go:build cgo && linux

package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A disk that fills up stops ingest with a sentence; what it had acknowledged stays,
// and with room it goes on to the same end. A disk that may only be read is told too.
func TestFullAndReadOnlyDisks(t *testing.T) {
	folder := t.TempDir()
	input := filepath.Join(folder, "stories.jsonl")
	if err := os.WriteFile(input, []byte(syntheticStories(1200)), 0o644); err != nil {
		t.Fatal(err)
	}
	disk := filepath.Join(folder, "disk")
	if err := os.Mkdir(disk, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=3m"); err != nil {
		t.Skipf("mounting a small disk: %v (only root may)", err)
	}
	defer func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	}()
	path := filepath.Join(disk, "a.duckdb")
	run := func(arguments ...string) (string, int) {
		c := exec.Command(os.Args[0], arguments...)
		c.Env = append(os.Environ(), "DYAD_AS_COMMAND=1")
		out, err := c.CombinedOutput()
		if c.ProcessState == nil {
			t.Fatal(err)
		}
		return string(out), c.ProcessState.ExitCode()
	}
	if out, status := run("ingest", "--store", path, input); status != exitWrongCall || !strings.Contains(out, "is full; what was stored before is safe") {
		t.Fatalf("on a full disk ingest says (status %d):\n%s", status, out)
	}
	if out, status := run("verify", "--store", path); status != 0 {
		t.Errorf("after the disk was full dyad verify says (status %d):\n%s", status, out)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, "size=200m"); err != nil {
		t.Fatal(err)
	}
	dyadCommand(t, context.Background(), "ingest", "--store", path, input)
	clean := filepath.Join(folder, "clean.duckdb")
	dyadCommand(t, context.Background(), "ingest", "--store", clean, input)
	if got, want := contents(t, path), contents(t, clean); got != want {
		t.Errorf("with room again the store differs from that of a clean run: %s", firstDifference(got, want))
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	if out, status := run("ingest", "--store", path, input); status != exitWrongCall || !strings.Contains(out, "may not be written here") {
		t.Errorf("on a disk that may only be read ingest says (status %d):\n%s", status, out)
	}
	if out, status := run("events", "--store", path, "--limit", "1"); status != 0 {
		t.Errorf("on a disk that may only be read events says (status %d):\n%s", status, out)
	}
}
