namespace CxrCluster.Learning.Data;

/// <summary>A radiograph file and the file with its lung mask.</summary>
/// <param name="Name">The name both share, without extension.</param>
/// <param name="ImagePath">The radiograph.</param>
/// <param name="MaskPath">Its mask: not 0 where there is lung.</param>
public sealed record ImageMaskPair(string Name, string ImagePath, string MaskPath);
