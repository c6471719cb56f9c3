using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Contracts.Training;
using CxrCluster.Storage.Catalogue.Rows;
using CxrCluster.Storage.Indexes;
using CxrCluster.Storage.Marks;
using CxrCluster.Storage.Pacs;
using CxrCluster.Storage.WriteBacks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace CxrCluster.Storage.Catalogue;

/// <summary>The tables, one model for both engines.</summary>
internal sealed class CatalogueContext(DbContextOptions<CatalogueContext> options) : DbContext(options)
{
    public DbSet<InstanceRow> Instances => Set<InstanceRow>();
    public DbSet<ScoreRow> Scores => Set<ScoreRow>();
    public DbSet<JobRow> Jobs => Set<JobRow>();
    public DbSet<JobPartRow> JobParts => Set<JobPartRow>();
    public DbSet<JobItemRow> JobItems => Set<JobItemRow>();
    public DbSet<ModelRow> Models => Set<ModelRow>();
    public DbSet<ActiveModelRow> ActiveModels => Set<ActiveModelRow>();
    public DbSet<SweepRow> Sweeps => Set<SweepRow>();
    public DbSet<SweepRunRow> SweepRuns => Set<SweepRunRow>();
    public DbSet<AuditRow> Audit => Set<AuditRow>();
    public DbSet<IndexLayoutRow> IndexLayouts => Set<IndexLayoutRow>();
    public DbSet<IndexSwitchRow> IndexSwitches => Set<IndexSwitchRow>();
    public DbSet<SimilarMarkRow> SimilarMarks => Set<SimilarMarkRow>();
    public DbSet<PacsSourceRow> PacsSources => Set<PacsSourceRow>();
    public DbSet<PacsStudyRow> PacsStudies => Set<PacsStudyRow>();
    public DbSet<PacsInstanceRow> PacsInstances => Set<PacsInstanceRow>();
    public DbSet<JobRangeRow> JobRanges => Set<JobRangeRow>();
    public DbSet<WriteBackRow> WriteBacks => Set<WriteBackRow>();
    public DbSet<WriteBackModeRow> WriteBackModes => Set<WriteBackModeRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<ImageOutcome>().HaveConversion<string>();
        configurationBuilder.Properties<LayoutState>().HaveConversion<string>();
        configurationBuilder.Properties<MarkVerdict>().HaveConversion<string>();
        configurationBuilder.Properties<WriteBackState>().HaveConversion<string>();
        configurationBuilder.Properties<WriteBackMode>().HaveConversion<string>();
        configurationBuilder.Properties<JobState>().HaveConversion<string>();
        configurationBuilder.Properties<SweepState>().HaveConversion<string>();
        configurationBuilder.Properties<RunState>().HaveConversion<string>();
        configurationBuilder.Properties<ScoringPriority>().HaveConversion<string>();
        configurationBuilder.Properties<PacsInstanceState>().HaveConversion<string>();
        configurationBuilder.Conventions.Remove<ForeignKeyIndexConvention>(); // nobody looks from an image to all its results
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<InstanceRow>(table =>
        {
            table.ToTable("instance").HasKey(row => new { row.Hospital, row.Uid });
        });
        modelBuilder.Entity<ScoreRow>(table =>
        {
            table
                .ToTable("score")
                .HasKey(row => new
                {
                    row.Model,
                    row.Hospital,
                    row.Uid,
                    row.Sha256,
                });
            // PostgreSQL also takes it from here that each result has one image; from the columns alone it would expect none
            // in a thousand, and hash both tables to find them instead of walking the index below.
            table
                .HasOne<InstanceRow>()
                .WithMany()
                .HasForeignKey(row => new { row.Hospital, row.Uid })
                .OnDelete(DeleteBehavior.Restrict);
            table // the worklist's order: a page is a range of this index
                .HasIndex(row => new
                {
                    row.Model,
                    row.Rank,
                    row.Hospital,
                    row.Uid,
                })
                .IsDescending(false, true, false, false);
        });
        modelBuilder.Entity<JobRow>(table =>
        {
            table.ToTable("job").HasKey(row => row.Id);
            table.HasIndex(row => row.CreatedAt);
        });
        modelBuilder.Entity<JobPartRow>(table =>
        {
            table.ToTable("job_part").HasKey(row => new { row.Job, row.Hospital });
            table.HasIndex(row => row.State);
        });
        modelBuilder.Entity<JobItemRow>(table =>
        {
            table.ToTable("job_item").HasKey(row => new { row.Job, row.Ordinal });
            table // the pending ones in order, and the counts by state without touching the rows
            .HasIndex(row => new
            {
                row.Job,
                row.Hospital,
                row.Outcome,
                row.Ordinal,
            });
            table // whether an image is among the items
            .HasIndex(row => new
            {
                row.Job,
                row.Hospital,
                row.Uid,
            });
        });
        modelBuilder.Entity<ModelRow>().ToTable("model").HasKey(row => row.Id);
        modelBuilder.Entity<ActiveModelRow>(table =>
        {
            table.ToTable("active_model").HasKey(row => row.Place);
            table.Property(row => row.Place).ValueGeneratedNever();
        });
        modelBuilder.Entity<SweepRow>(table =>
        {
            table.ToTable("sweep").HasKey(row => row.Id);
            table.HasIndex(row => row.CreatedAt);
        });
        modelBuilder
            .Entity<SweepRunRow>()
            .ToTable("sweep_run")
            .HasKey(row => new
            {
                row.Sweep,
                row.Architecture,
                row.Split,
            });
        modelBuilder
            .Entity<IndexLayoutRow>()
            .ToTable("index_layout")
            .HasKey(row => new
            {
                row.Hospital,
                row.Model,
                row.Number,
            });
        modelBuilder.Entity<IndexSwitchRow>(table =>
        {
            table.ToTable("index_switch").HasKey(row => row.Place);
            table.Property(row => row.Place).ValueGeneratedNever();
        });
        modelBuilder
            .Entity<SimilarMarkRow>()
            .ToTable("similar_mark")
            .HasKey(row => new
            {
                row.Hospital,
                row.Uid,
                row.NeighbourHospital,
                row.NeighbourUid,
                row.Model,
                row.Reader,
            });
        modelBuilder.Entity<WriteBackModeRow>().ToTable("write_back_mode").HasKey(row => row.Hospital);
        modelBuilder.Entity<WriteBackRow>(table =>
        {
            table
                .ToTable("write_back")
                .HasKey(row => new
                {
                    row.Model,
                    row.Hospital,
                    row.Uid,
                    row.Sha256,
                });
            table.HasIndex(row => new { row.State, row.DueAt }); // what is due
        });
        modelBuilder.Entity<PacsSourceRow>().ToTable("pacs_source").HasKey(row => row.Hospital);
        modelBuilder.Entity<PacsStudyRow>(table =>
        {
            table.ToTable("pacs_study").HasKey(row => new { row.Hospital, row.Uid });
            table.HasIndex(row => new { row.Hospital, row.Date });
            table.HasIndex(row => new { row.Hospital, row.Settled });
        });
        modelBuilder.Entity<PacsInstanceRow>(table =>
        {
            table.ToTable("pacs_instance").HasKey(row => new { row.Hospital, row.Uid });
            table.HasIndex(row => new { row.Hospital, row.State });
            table.HasIndex(row => new { row.Hospital, row.Study });
        });
        modelBuilder.Entity<JobRangeRow>(table =>
        {
            table.ToTable("job_range").HasKey(row => new { row.Job, row.Hospital });
            table.HasIndex(row => new { row.Hospital, row.Closed });
        });
        modelBuilder.Entity<AuditRow>().ToTable("audit").HasKey(row => row.Id);

        foreach (IMutableProperty column in modelBuilder.Model.GetEntityTypes().SelectMany(t => t.GetProperties()))
        {
            column.SetColumnName(SnakeCase(column.Name));
            // Ids are ordered ordinally everywhere; a PostgreSQL database may have a language's order as its default.
            if (Database.IsNpgsql() && column.ClrType == typeof(string))
                column.SetCollation("C");
        }
    }

    private static string SnakeCase(string name) =>
        string.Concat(
            name.Select(
                (c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"
            )
        );
}
