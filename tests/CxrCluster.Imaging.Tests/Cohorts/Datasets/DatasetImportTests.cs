using CxrCluster.Imaging.Cohorts;
using CxrCluster.Imaging.Cohorts.Datasets;

namespace CxrCluster.Imaging.Tests.Cohorts.Datasets;

public sealed class DatasetImportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cxr-datasets");

    private string Root => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Covid_List_GivesLabelsViewsAndReasons()
    {
        Put("images/a.png", "images/b.jpg", "images/c.png", "images/t.png", "outside.png");
        Write(
            "metadata.csv",
            "patientid,offset,sex,age,finding,RT_PCR_positive,view,modality,date,location,folder,filename,url,license,clinical_notes,\n"
                + "2,0,M,65,Pneumonia/Viral/COVID-19,Y,PA,X-ray,\"Jan 22, 2020\",\"Hanoi, Vietnam\",images,a.png,https://example.org/1,CC BY,\"two\nlines\",\n"
                + "3,,F,,Pneumonia/Bacterial,,AP Supine,X-ray,,,images,b.jpg,,,,\n"
                + "4,,,,COVID-19,,L,X-ray,,,images,c.png,,,,\n"
                + "5,,,,COVID-19,,Axial,CT,,,volumes,d.nii.gz,,,,\n"
                + "6,,,,todo,,PA,X-ray,,,images,t.png,,,,\n"
                + "7,,,,,,PA,X-ray,,,images,t.png,,,,\n"
                + "8,,,,No Finding,,PA,X-ray,,,images,gone.png,,,,\n"
                + "9,,,,No Finding,,PA,X-ray,,,..,outside.png,,,,\n"
                + ",,,,No Finding,,PA,X-ray,,,images,t.png,,,,\n"
                + "2,3,M,65,COVID-19,Y,PA,X-ray,,,images,a.png,,,,\n"
        );

        ImportedCohort cohort = CovidChestXray.Import(Path.Combine(Root, "set"), Path.Combine(Root, "set"));

        Assert.Equal(["images/a.png", "images/b.jpg", "images/c.png"], cohort.Rows.Select(row => row.Image));
        Assert.Equal([1, 0, 1], cohort.Rows.Select(row => row.Label));
        Assert.Equal(["PA", "AP Supine", "L"], cohort.Rows.Select(row => row.View));
        Assert.Equal([false, false, true], cohort.Rows.Select(row => Views.IsLateral(row.View)));
        CohortRow first = cohort.Rows[0];
        Assert.Equal(("covid-chestxray", "2", "M", "65"), (first.Hospital, first.PatientId, first.Sex, first.Age));
        Assert.Equal(("https://example.org/1", "CC BY"), (first.Source, first.Licence));
        Assert.Equal("Hanoi, Vietnam", first.Other["location"]);
        Assert.Equal(
            [
                ("d.nii.gz", "it is no radiograph"),
                ("t.png", "the finding is not known"),
                ("t.png", "the finding is not known"),
                ("gone.png", SkippedRow.MissingFile),
                ("outside.png", "the image's name is none in the dataset's folder"),
                ("t.png", "there is no patient id"),
                ("a.png", "the image is listed before"),
            ],
            cohort.Skipped.Select(row => (row.Image, row.Reason))
        );
        Assert.Equal(6, cohort.Skipped[0].Line); // the first row spans two lines
    }

    [Fact]
    public void Covid_RowsWritten_AreASoundManifest()
    {
        Put("images/a.png");
        Write("metadata.csv", "patientid,finding,view,modality,folder,filename\n1,COVID-19,AP,X-ray,images,a.png\n");
        ImportedCohort cohort = CovidChestXray.Import(Path.Combine(Root, "set"), Root);
        string manifest = Path.Combine(Root, "manifest.csv");

        CohortManifest.Write(manifest, cohort.Rows);

        CohortRow row = Assert.Single(CohortManifest.Read(manifest));
        Assert.Equal("set/images/a.png", row.Image);
        Assert.True(File.Exists(Path.Combine(Root, row.Image)));
    }

    [Theory]
    [InlineData("Data_Entry_2017.csv", "058Y")]
    [InlineData("Data_Entry_2017_v2020.csv", "58")]
    public void Nih_List_GivesNegatives(string list, string age)
    {
        Put("images_001/images/00000001_000.png", "images_002/images/00000002_000.png");
        Write(
            list,
            "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position,OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y],\n"
                + $"00000001_000.png,Cardiomegaly|Effusion,0,1,{age},M,PA,2682,2749,0.143,0.143,\n"
                + "00000002_000.png,No Finding,4,2,012M,F,AP,2682,2749,0.143,0.143,\n"
                + "00000003_000.png,No Finding,0,3,81,F,AP,2682,2749,0.143,0.143,\n"
        );

        ImportedCohort cohort = NihChestXray14.Import(Path.Combine(Root, "set"), Path.Combine(Root, "set"));

        Assert.Equal(
            [
                ("images_001/images/00000001_000.png", "1", "Cardiomegaly|Effusion", "PA", "M", "58"),
                ("images_002/images/00000002_000.png", "2", "No Finding", "AP", "F", "012M"),
            ],
            cohort.Rows.Select(row => (row.Image, row.PatientId, row.Finding, row.View, row.Sex, row.Age))
        );
        Assert.All(cohort.Rows, row => Assert.Equal((0, "nih-chestxray14"), (row.Label, row.Hospital)));
        Assert.Equal("4", cohort.Rows[1].Other["follow_up"]);
        Assert.Equal([new SkippedRow(4, "00000003_000.png", SkippedRow.MissingFile)], cohort.Skipped);
    }

    [Fact]
    public void Import_ListWithoutItsColumns_NamesThem()
    {
        Write("metadata.csv", "patientid,view\n1,PA\n");

        var error = Assert.Throws<InvalidManifestException>(() =>
            CovidChestXray.Import(Path.Combine(Root, "set"), Root)
        );

        Assert.Contains("finding, modality, folder, filename", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_FolderWithoutAList_SaysWhichFolderToGive()
    {
        Assert.Contains(
            "metadata.csv",
            Assert.Throws<InvalidManifestException>(() => CovidChestXray.Import(Root, Root)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Data_Entry_2017",
            Assert.Throws<InvalidManifestException>(() => NihChestXray14.Import(Root, Root)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Import_RootBesideTheImages_IsRefused()
    {
        Put("images/a.png");
        Write("metadata.csv", "patientid,finding,view,modality,folder,filename\n1,COVID-19,AP,X-ray,images,a.png\n");

        var error = Assert.Throws<InvalidManifestException>(() =>
            CovidChestXray.Import(Path.Combine(Root, "set"), Path.Combine(Root, "other"))
        );

        Assert.Contains("is not below", error.Message, StringComparison.Ordinal);
    }

    private void Put(params string[] files)
    {
        foreach (string file in files)
            Write(file, "");
    }

    private void Write(string file, string text)
    {
        string path = Path.Combine(Root, "set", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
