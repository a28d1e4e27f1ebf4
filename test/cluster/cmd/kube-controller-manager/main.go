// Command kube-controller-manager runs Kubernetes' controllers in the test cluster.
package main

import (
	"os"

	_ "time/tzdata" // CronJobs are started by the clock of their own time zone

	"example.com/portolan/test/cluster/internal/parent"
	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-controller-manager/app"
)

func main() {
	parent.ExitWith()
	os.Exit(cli.Run(app.NewControllerManagerCommand()))
}
