using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;

namespace CxrCluster.Contracts.Workers;

/// <summary>One image to be made into the input of one model.</summary>
[GenerateSerializer, Immutable, Alias("preprocess-request")]
public sealed record PreprocessRequest([property: Id(0)] ImageSource Image, [property: Id(1)] ModelId Model);
