// Command etcd keeps the test cluster's objects.
package main

import (
	"os"

	"example.com/portolan/test/cluster/internal/parent"
	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() {
	parent.ExitWith()
	etcdmain.Main(os.Args)
}
