using System.CommandLine;
using System.CommandLine.Help;
using CxrCluster.Cli.Cohorts;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Demo;
using CxrCluster.Cli.Doctor;
using CxrCluster.Cli.Evaluating;
using CxrCluster.Cli.Images;
using CxrCluster.Cli.Importing;
using CxrCluster.Cli.Remote;
using CxrCluster.Cli.Scoring;
using CxrCluster.Cli.Serving;
using CxrCluster.Cli.Sweeping;
using CxrCluster.Cli.Terminal;
using CxrCluster.Cli.Training;
using CxrCluster.Cli.Weights;

namespace CxrCluster.Cli;

/// <summary>All commands.</summary>
internal static class CxrRootCommand
{
    private const string Description =
        "Scores chest X-rays for COVID-19 over a cluster, finds similar cases, trains and validates its models.";

    /// <summary>The tree of commands for one command line.</summary>
    public static RootCommand Create(CliContext context)
    {
        var root = new RootCommand(Description)
        {
            new DemoCommand(context),
            new SynthCommand(context),
            new CommandGroup(
                "import",
                "Manifests of public datasets.",
                ImportCommand.CovidChestXray(context),
                ImportCommand.NihChestXray14(context)
            ),
            new PreprocessCommand(context),
            new AugmentCommand(context),
            new SegmentCommand(context),
            new ExplainCommand(context),
            new CommandGroup(
                "train",
                "Trains networks.",
                new TrainSegmenterCommand(context),
                new TrainClassifierCommand(context)
            ),
            new CommandGroup("weights", "Pretrained weights.", new WeightsImportCommand(context)),
            new ScoreCommand(context),
            new EvaluateCommand(context),
            new SweepCommand(context),
            new SimilarCommand(context),
            new ServeCommand(context),
            new CommandGroup(
                "job",
                "Scoring jobs of a running cluster.",
                new JobSubmitCommand(context),
                new JobListCommand(context),
                JobActionCommand.Show(context),
                new JobWatchCommand(context),
                JobActionCommand.Pause(context),
                JobActionCommand.Resume(context),
                JobActionCommand.Cancel(context),
                JobActionCommand.Retry(context)
            ),
            new CommandGroup(
                "pacs",
                "The hospitals' PACSs, of a running cluster.",
                new PacsAddCommand(context),
                new PacsListCommand(context),
                new PacsCheckCommand(context),
                new PacsSweepCommand(context)
            ),
            new CommandGroup(
                "model",
                "Models of a running cluster.",
                new ModelListCommand(context),
                new ModelPushCommand(context),
                new ModelActivateCommand(context)
            ),
            new DoctorCommand(context),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, ["cxr demo", "cxr score images/ --model bundle"]);
        return root;
    }
}
