using CxrCluster.Storage.Instances;

namespace CxrCluster.Storage.Jobs;

/// <summary>One image of a job.</summary>
/// <param name="Ordinal">Place in the job's input, from 0: results are listed in this order.</param>
/// <param name="Instance">The image.</param>
public sealed record JobItem(long Ordinal, InstanceRecord Instance);
