using CxrCluster.Imaging.Cohorts;
using CxrCluster.Imaging.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Imaging.Tests.Cohorts;

public sealed class CohortManifestTests : IDisposable
{
    private const string Header = "image,hospital,patient_id,label";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cxr-manifests");

    private string File => Path.Combine(_folder.FullName, "manifest.csv");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Read_WrittenRows_AreTheSame()
    {
        Cases.AllHold(
            Cohorts(),
            rows =>
            {
                CohortManifest.Write(File, rows);
                var read = CohortManifest.Read(File);
                Assert.Equal(rows.Select(Known), read.Select(Known));
                Assert.Equal(rows.Select(row => row.Other), read.Select(row => row.Other));
            }
        );
    }

    [Fact]
    public void Write_ReadManifest_GivesTheSameBytes()
    {
        var text = Header + ",finding,view,sex,age,source,licence,bed,note\n1.png,n,p,0,,,,,,,7,\"a, \"\"b\"\"\"\n";
        Put(text);

        CohortManifest.Write(File, CohortManifest.Read(File));

        Assert.Equal(text, System.IO.File.ReadAllText(File));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void Read_ByteOrderMarkCrLfQuotesSpacesAndBlankLines_AreUnderstood()
    {
        Put(
            "\uFEFFPatient_ID, label ,\"image\",Hospital,Ward\r\n"
                + "p1,1,\"a, b.png\",north,\"line 1\r\nline 2\"\r\n\r\n\"p \"\"2\"\"\", 0 ,c.png,south,\r\n"
        );

        var rows = CohortManifest.Read(File);

        Assert.Equal(
            [("a, b.png", "north", "p1", 1), ("c.png", "south", "p \"2\"", 0)],
            rows.Select(row => (row.Image, row.Hospital, row.PatientId, row.Label))
        );
        Assert.Equal(["line 1\r\nline 2", ""], rows.Select(row => row.Other["Ward"]));
        Assert.All(rows, row => Assert.Null(row.View));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n\n", "is empty")]
    [InlineData(Header + "\n", "no images")]
    [InlineData("image,label\n1.png,0\n", "line 1 has no column hospital, patient_id")]
    [InlineData(Header + ",Label\n1.png,n,p,0,0\n", "line 1 names the column 'Label' twice")]
    [InlineData(Header + "\n1.png,n,p,0\n2.png,n,p,2\n", "line 3 has label '2'")]
    [InlineData(Header + "\n1.png,n,p,positive\n", "line 2 has label 'positive'")]
    [InlineData(Header + "\n1.png,n,p,\n", "line 2 has no label")]
    [InlineData(Header + "\n1.png,n, ,0\n", "line 2 has no patient_id")]
    [InlineData(Header + "\n1.png,n,p\n", "line 2 has 3 fields where the header has 4")]
    [InlineData(Header + "\n1.png,n,p,0,x\n", "line 2 has 5 fields where the header has 4")]
    [InlineData(Header + "\n\"1.png,n,p,0\n2.png,n,p,1\n", "line 2")]
    [InlineData(Header + ",note\n1.png,n,p,0,\"a\nb\"\n2.png,n,p,7,\n", "line 4 has label '7'")]
    [InlineData(Header + "\n../1.png,n,p,0\n", "line 2 has image '../1.png'")]
    [InlineData(Header + "\n/etc/1.png,n,p,0\n", "line 2 has image '/etc/1.png'")]
    [InlineData("\u0001\u0002PNG", "no column")]
    public void Read_BadInput_NamesFileLineAndRemedy(string text, string cause)
    {
        Put(text);

        AssertRefused(cause);
    }

    [Fact]
    public void Read_ImageTwice_NamesBothLines()
    {
        Put(Header + "\n1.png,n,p,0\n2.png,n,p,0\n1.png,s,q,1\n");

        AssertRefused("line 4 lists image '1.png' again after line 2");
    }

    [Fact]
    public void Read_ImageTwiceWithTheSameLabel_IsReportedAndTheFirstKept()
    {
        Put(Header + "\n1.png,n,p,1\n2.png,n,p,0\n1.png,s,q,1\n");
        var repeated = new List<(CohortRow Row, string Sentence)>();

        var rows = CohortManifest.Read(File, (row, sentence) => repeated.Add((row, sentence)));

        Assert.Equal([("1.png", "n"), ("2.png", "n")], rows.Select(row => (row.Image, row.Hospital)));
        Assert.Equal("s", Assert.Single(repeated).Row.Hospital);
        Assert.Contains(
            "line 4 lists image '1.png' again after line 2",
            repeated[0].Sentence,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_ImageTwiceWithOtherLabels_IsRefusedEvenThen()
    {
        Put(Header + "\n1.png,n,p,1\n1.png,s,q,0\n");

        var e = Assert.Throws<InvalidManifestException>(() => CohortManifest.Read(File, (_, _) => { }));

        Assert.Contains("line 3 lists image '1.png' again after line 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OtherEncoding_SaysUtf8()
    {
        System.IO.File.WriteAllBytes(File, [.. "image,hospital,patient_id,label\n1.png,K"u8, 0xF6, .. "ln,p,0\n"u8]);

        AssertRefused("not UTF-8");
    }

    [Fact]
    public void Read_MissingFileOrFolder_SaysSo()
    {
        AssertRefused("does not exist");
        Directory.CreateDirectory(File);
        AssertRefused("cannot be opened");
    }

    [Fact]
    public void FindMissing_SomeFiles_GivesTheRowsWithoutOne()
    {
        Put(Header + "\na.png,n,p,0\nb.png,n,p,0\nsub/c.png,n,p,1\n");
        System.IO.File.WriteAllText(Path.Combine(_folder.FullName, "b.png"), "");

        var missing = CohortManifest.FindMissing(CohortManifest.Read(File), _folder.FullName);

        Assert.Equal(["a.png", "sub/c.png"], missing.Select(row => row.Image));
    }

    [Fact]
    public void Read_RealManifest_HasEveryImage()
    {
        var repeated = new List<string>();
        var rows = CohortManifest.Read(
            Path.Combine(RealData.Folder, CohortManifest.FileName),
            (_, sentence) => repeated.Add(sentence)
        );

        Assert.Single(repeated); // one image came from two sources
        Assert.Equal(RealData.Images.Select(Path.GetFileName).Order(), rows.Select(row => row.Image).Order());
        Assert.Empty(CohortManifest.FindMissing(rows, Path.Combine(RealData.Folder, "images")));
    }

    private void Put(string text) => System.IO.File.WriteAllText(File, text);

    private void AssertRefused(string cause)
    {
        var e = Assert.Throws<InvalidManifestException>(() => CohortManifest.Read(File));
        Assert.StartsWith(File, e.Message, StringComparison.Ordinal);
        Assert.Contains(cause, e.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }

    private static CohortRow Known(CohortRow row) =>
        row with
        {
            Other = System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty,
        };

    /// <summary>Rows of awkward text, all with the same other columns.</summary>
    private static Gen<CohortRow[]> Cohorts()
    {
        var text = Gen.Elements("a", "B 2", "c,d", "\"", "e\"f\"", "g\nh", "i\r\nj", "ü", "=1+1", ";", "\t|");
        var words = text.NonEmptyListOf().Select(parts => string.Concat(parts).Trim()).Where(word => word.Length > 0);
        var maybe = Gen.OneOf(Gen.Constant<string?>(null), words.Select(word => (string?)word));
        var anything = text.ListOf().Select(string.Concat);
        var row =
            from hospital in words
            from patient in words
            from label in Gen.Choose(0, 1)
            from optional in maybe.ArrayOf(6)
            from other in anything.ArrayOf(2)
            select new CohortRow
            {
                Image = "",
                Hospital = hospital,
                PatientId = patient,
                Label = label,
                Finding = optional[0],
                View = optional[1],
                Sex = optional[2],
                Age = optional[3],
                Source = optional[4],
                Licence = optional[5],
                Other = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["ward, \"bed\""] = other[0],
                    ["Note"] = other[1],
                },
            };
        return row.NonEmptyListOf()
            .Select(rows => rows.Select((one, i) => one with { Image = $"folder/{i}.png" }).ToArray());
    }
}
