using CxrCluster.Synthesis.Acquisition;
using CxrCluster.Synthesis.Plan;

namespace CxrCluster.Synthesis.Output;

/// <summary>Writes a picture as a DICOM file: Digital X-Ray (for presentation) or Computed Radiography image storage.</summary>
internal static class DicomFile
{
    private const string DigitalXRay = "1.2.840.10008.5.1.4.1.1.1.1";
    private const string ComputedRadiography = "1.2.840.10008.5.1.4.1.1.1";
    private const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";
    private const string Software = "CXRCLUSTER SYNTH";

    // The detector's long side, 17 inches.
    private const double DetectorMillimetres = 430;

    /// <summary>The file of a picture.</summary>
    public static byte[] Encode(Picture picture, ImagePlan image, SynthesisOptions options)
    {
        var machine = image.Patient.Machine;
        var sopClass = machine.ComputedRadiography ? ComputedRadiography : DigitalXRay;
        // Side and seed change the pixels, so they are part of the name.
        var name = $"CxrCluster synthetic {options.Seed}/{options.Side}/{image.Name}";
        var sopInstance = DicomUid.From($"{name}/instance");

        var data = new DicomWriter();
        WriteIdentity(data, image, sopClass, sopInstance);
        WriteEquipment(data, picture, image);
        WriteRelation(data, image, name);
        WritePixelModule(data, picture, machine);
        if (!machine.ComputedRadiography)
        {
            WriteView(data, image.Projection);
            data.Text(0x2050_0020, "CS", machine.Monochrome1 ? "INVERSE" : "IDENTITY");
        }

        data.Words(0x7fe0_0010, Stored(picture, machine));

        var file = new DicomWriter();
        file.Raw(new byte[128]);
        file.Raw("DICM"u8);
        file.Raw(FileMeta(sopClass, sopInstance));
        file.Raw(data.ToArray());
        return file.ToArray();
    }

    private static byte[] FileMeta(string sopClass, string sopInstance)
    {
        var group = new DicomWriter();
        group.Bytes(0x0002_0001, [0, 1]);
        group.Text(0x0002_0002, "UI", sopClass);
        group.Text(0x0002_0003, "UI", sopInstance);
        group.Text(0x0002_0010, "UI", ExplicitLittleEndian);
        group.Text(0x0002_0012, "UI", DicomUid.From("CxrCluster.Synthesis"));
        group.Text(0x0002_0013, "SH", Software);
        var bytes = group.ToArray();
        var meta = new DicomWriter();
        meta.ULong(0x0002_0000, bytes.Length);
        meta.Raw(bytes);
        return meta.ToArray();
    }

    private static void WriteIdentity(DicomWriter data, ImagePlan image, string sopClass, string sopInstance)
    {
        var machine = image.Patient.Machine;
        var (date, time) = (image.Taken.ToString("yyyyMMdd"), image.Taken.ToString("HHmmss"));
        data.Text(0x0008_0008, "CS", @"DERIVED\PRIMARY");
        data.Text(0x0008_0016, "UI", sopClass);
        data.Text(0x0008_0018, "UI", sopInstance);
        data.Text(0x0008_0020, "DA", date);
        data.Text(0x0008_0022, "DA", date);
        data.Text(0x0008_0023, "DA", date);
        data.Text(0x0008_0030, "TM", time);
        data.Text(0x0008_0032, "TM", time);
        data.Text(0x0008_0033, "TM", time);
        data.Text(0x0008_0050, "SH", $"A{image.Patient.Index:000000}{image.Number}");
        data.Text(0x0008_0060, "CS", machine.ComputedRadiography ? "CR" : "DX");
        if (!machine.ComputedRadiography)
        {
            data.Text(0x0008_0068, "CS", "FOR PRESENTATION");
        }

        data.Text(0x0008_0070, "LO", machine.Manufacturer);
        data.Text(0x0008_0080, "LO", $"Synthetic Hospital {machine.Hospital}");
        data.Text(0x0008_0090, "PN", "");
        data.Text(0x0008_1030, "LO", "Chest");
        data.Text(0x0008_103e, "LO", $"Chest {ManifestRows.View(image.Projection)}");
        data.Text(0x0008_1090, "LO", "Chest phantom");
        if (!machine.ComputedRadiography)
        {
            data.Code(0x0008_2218, "51185008", "SCT", "Chest");
        }

        data.Text(0x0010_0010, "PN", $"Phantom^{image.Patient.Id}");
        data.Text(0x0010_0020, "LO", image.Patient.Id);
        data.Text(0x0010_0030, "DA", $"{image.Taken.Year - image.Patient.Age}0101");
        data.Text(0x0010_0040, "CS", image.Patient.Sex.ToString());
        data.Text(0x0010_1010, "AS", $"{image.Patient.Age:000}Y");
        data.Text(0x0010_4000, "LT", "Synthetic phantom, not a person.");
    }

    private static void WriteEquipment(DicomWriter data, Picture picture, ImagePlan image)
    {
        data.Text(0x0018_0015, "CS", "CHEST");
        data.Text(0x0018_1020, "LO", Software);
        var spacing = DetectorMillimetres / Math.Max(picture.Width, picture.Height);
        data.Number(0x0018_1164, "DS", spacing, spacing);
        if (!image.Patient.Machine.ComputedRadiography)
        {
            data.Text(0x0018_1508, "CS", "NONE");
        }

        data.Text(
            0x0018_5101,
            "CS",
            image.Projection == Projection.Lateral ? "LL" : ManifestRows.View(image.Projection)
        );
        if (!image.Patient.Machine.ComputedRadiography)
        {
            data.Text(0x0018_7004, "CS", "SCINTILLATOR");
        }
    }

    private static void WriteRelation(DicomWriter data, ImagePlan image, string name)
    {
        data.Text(0x0020_000d, "UI", DicomUid.From($"{name}/study"));
        data.Text(0x0020_000e, "UI", DicomUid.From($"{name}/series"));
        data.Text(0x0020_0010, "SH", $"{image.Patient.Index}-{image.Number}");
        data.Number(0x0020_0011, "IS", 1);
        data.Number(0x0020_0013, "IS", 1);
        data.Text(0x0020_0020, "CS", image.Projection == Projection.Lateral ? @"P\F" : @"L\F");
        if (!image.Patient.Machine.ComputedRadiography)
        {
            data.Text(0x0020_0062, "CS", "U");
        }
    }

    private static void WritePixelModule(DicomWriter data, Picture picture, Machine machine)
    {
        var bits = machine.DicomBits;
        data.UShort(0x0028_0002, 1);
        data.Text(0x0028_0004, "CS", machine.Monochrome1 ? "MONOCHROME1" : "MONOCHROME2");
        data.UShort(0x0028_0010, picture.Height);
        data.UShort(0x0028_0011, picture.Width);
        data.UShort(0x0028_0100, 16);
        data.UShort(0x0028_0101, bits);
        data.UShort(0x0028_0102, bits - 1);
        data.UShort(0x0028_0103, 0);
        data.Text(0x0028_0301, "CS", "YES");
        if (!machine.ComputedRadiography)
        {
            data.Text(0x0028_1040, "CS", "LOG");
            data.Short(0x0028_1041, machine.Monochrome1 ? 1 : -1);
        }

        data.Number(0x0028_1050, "DS", 1 << (bits - 1));
        data.Number(0x0028_1051, "DS", 1 << bits);
        data.Number(0x0028_1052, "DS", 0);
        data.Number(0x0028_1053, "DS", 1);
        data.Text(0x0028_1054, "LO", "US");
        data.Text(0x0028_2110, "CS", "00");
    }

    private static void WriteView(DicomWriter data, Projection projection)
    {
        data.Sequence(0x0040_0555);
        // PS3.16 context group 4010.
        var (code, meaning) = projection switch
        {
            Projection.AP => ("399348003", "antero-posterior"),
            Projection.PA => ("272479007", "postero-anterior"),
            _ => ("399173006", "left lateral"),
        };
        data.Code(0x0054_0220, code, "SCT", meaning);
    }

    private static ushort[] Stored(Picture picture, Machine machine)
    {
        var pixels = picture.Quantise(machine.DicomBits);
        if (machine.Monochrome1)
        {
            var max = (1 << machine.DicomBits) - 1;
            for (var i = 0; i < pixels.Length; i++)
            {
                pixels[i] = (ushort)(max - pixels[i]);
            }
        }

        return pixels;
    }
}
