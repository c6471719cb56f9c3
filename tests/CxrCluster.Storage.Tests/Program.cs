using CxrCluster.Storage.Tests;
using CxrCluster.Storage.Tests.Jobs;
using Xunit.MicrosoftTestingPlatform;

// The same executable is the child process that the durability test kills. The rest is what xunit would generate.
return args is [CommitLoop.Verb, var path]
    ? await CommitLoop.RunAsync(path)
    : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
