using static CxrCluster.Dicom.Deidentification.DeidentificationAction;

namespace CxrCluster.Dicom.Deidentification;

/// <summary>
/// The attributes that may leave a hospital. Source: DICOM PS3.15 annex E, table E.1-1, Basic Application Level Confidentiality
/// Profile, for what it lists; of what it does not list only attributes without free text that are needed to show or
/// score a projection radiograph. Everything else is removed: private attributes, overlays, curves, free text, references, all
/// that is unknown. VRs are those of PS3.6; a list of what is kept cannot forget an attribute that a later edition adds.
/// </summary>
internal static class DeidentificationTable
{
    public static readonly IReadOnlyDictionary<uint, (string Vr, DeidentificationAction Action)> Attributes =
        new Dictionary<uint, (string, DeidentificationAction)>
        {
            // SOP common, series, equipment
            [0x0008_0005] = ("CS", Keep),
            [0x0008_0008] = ("CS", Keep),
            [0x0008_0016] = ("UI", Keep),
            [0x0008_0018] = ("UI", Uid),
            [0x0008_0060] = ("CS", Keep),
            [0x0008_0064] = ("CS", Keep),
            [0x0008_0068] = ("CS", Keep),
            [0x0008_0070] = ("LO", Keep),
            [0x0008_1090] = ("LO", Keep),
            // study
            [0x0008_0020] = ("DA", Empty),
            [0x0008_0030] = ("TM", Empty),
            [0x0008_0050] = ("SH", Empty),
            [0x0008_0090] = ("PN", Empty),
            [0x0020_000d] = ("UI", Uid),
            [0x0020_000e] = ("UI", Uid),
            [0x0020_0010] = ("SH", Empty),
            [0x0020_0011] = ("IS", Keep),
            [0x0020_0013] = ("IS", Keep),
            [0x0020_0052] = ("UI", Uid),
            // patient
            [0x0010_0010] = ("PN", Pseudonym),
            [0x0010_0020] = ("LO", Pseudonym),
            [0x0010_0030] = ("DA", Empty),
            [0x0010_0040] = ("CS", Empty),
            // acquisition and view
            [0x0008_2218] = ("SQ", Items),
            [0x0018_0015] = ("CS", Keep),
            [0x0018_0060] = ("DS", Keep),
            [0x0018_1164] = ("DS", Keep),
            [0x0018_1508] = ("CS", Keep),
            [0x0018_5101] = ("CS", Keep),
            [0x0018_7004] = ("CS", Keep),
            [0x0020_0020] = ("CS", Keep),
            [0x0020_0062] = ("CS", Keep),
            [0x0054_0220] = ("SQ", Items),
            // codes within those sequences
            [0x0008_0100] = ("SH", Keep),
            [0x0008_0102] = ("SH", Keep),
            [0x0008_0104] = ("LO", Keep),
            // pixels and how to show them
            [0x0028_0002] = ("US", Keep),
            [0x0028_0004] = ("CS", Keep),
            [0x0028_0006] = ("US", Keep),
            [0x0028_0008] = ("IS", Keep),
            [0x0028_0010] = ("US", Keep),
            [0x0028_0011] = ("US", Keep),
            [0x0028_0030] = ("DS", Keep),
            [0x0028_0034] = ("IS", Keep),
            [0x0028_0100] = ("US", Keep),
            [0x0028_0101] = ("US", Keep),
            [0x0028_0102] = ("US", Keep),
            [0x0028_0103] = ("US", Keep),
            [0x0028_0120] = ("US", Keep),
            [0x0028_0121] = ("US", Keep),
            [0x0028_0301] = ("CS", Keep),
            [0x0028_1040] = ("CS", Keep),
            [0x0028_1041] = ("SS", Keep),
            [0x0028_1050] = ("DS", Keep),
            [0x0028_1051] = ("DS", Keep),
            [0x0028_1052] = ("DS", Keep),
            [0x0028_1053] = ("DS", Keep),
            [0x0028_1054] = ("LO", Keep),
            [0x0028_1056] = ("CS", Keep),
            [0x0028_2110] = ("CS", Keep),
            [0x0028_2112] = ("DS", Keep),
            [0x0028_2114] = ("CS", Keep),
            [0x0028_3000] = ("SQ", Items),
            [0x0028_3002] = ("US", Keep),
            [0x0028_3006] = ("OW", Keep),
            [0x0028_3010] = ("SQ", Items),
            [0x2050_0020] = ("CS", Keep),
        };
}
