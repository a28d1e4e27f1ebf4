// Command kube-scheduler gives the test cluster's pods their nodes.
package main

import (
	"os"

	"example.com/portolan/test/cluster/internal/parent"
	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-scheduler/app"
)

func main() {
	parent.ExitWith()
	os.Exit(cli.Run(app.NewSchedulerCommand()))
}
