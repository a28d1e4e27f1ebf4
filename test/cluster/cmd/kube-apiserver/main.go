// Command kube-apiserver runs the Kubernetes API server in the test cluster.
package main

import (
	"os"

	_ "time/tzdata" // a CronJob's time zone is checked against it

	"example.com/portolan/test/cluster/internal/parent"
	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() {
	parent.ExitWith()
	os.Exit(cli.Run(app.NewAPIServerCommand()))
}
