namespace CxrCluster.Dicom.Reports;

/// <summary>A coded concept (PS3.3 section 8).</summary>
/// <param name="Value">At most 16 characters.</param>
/// <param name="Scheme">DCM, SCT, UCUM, RFC5646 or <see cref="Codes.OwnScheme"/>.</param>
/// <param name="Meaning">For people, at most 64 characters.</param>
internal sealed record Code(string Value, string Scheme, string Meaning)
{
    /// <summary>The item of a code sequence.</summary>
    public DataSetWriter ToItem() =>
        new DataSetWriter()
            .Text(0x0008_0100, "SH", Value)
            .Text(0x0008_0102, "SH", Scheme)
            .Text(0x0008_0104, "LO", Meaning);
}
