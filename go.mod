module github.com/opendyad/dyad

go 1.26
