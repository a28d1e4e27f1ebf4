// Command kwok plays the kubelets of the test cluster's nodes: it makes nodes
// ready and takes pods through their lives without running anything.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/pflag"

	"example.com/portolan/test/cluster/internal/parent"
	"sigs.k8s.io/kwok/pkg/config"
	"sigs.k8s.io/kwok/pkg/kwok/cmd"
	"sigs.k8s.io/kwok/pkg/log"
)

func main() {
	parent.ExitWith()
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "kwok:", err)
		os.Exit(1)
	}
}

// run reads the configuration files before it builds the command, whose flags
// take their defaults from them.
func run(ctx context.Context) error {
	flags := pflag.NewFlagSet("kwok", pflag.ContinueOnError)
	flags.ParseErrorsAllowlist.UnknownFlags = true
	ctx, _ = log.InitFlags(ctx, flags)
	ctx, err := config.InitFlags(ctx, flags)
	if err != nil {
		return err
	}
	command := cmd.NewCommand(ctx)
	command.PersistentFlags().AddFlagSet(flags)
	return command.ExecuteContext(ctx)
}
