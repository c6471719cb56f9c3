using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CxrCluster.Storage.Catalogue;

/// <summary>
/// Times are kept as UTC, in whole microseconds (PostgreSQL keeps no more, and both engines shall give back the same).
/// SQLite keeps them as text whose order is that of time; a DateTimeOffset's text would not sort.
/// </summary>
internal sealed class UtcConverter()
    : ValueConverter<DateTimeOffset, DateTime>(
        time => time.UtcDateTime.AddTicks(-(time.UtcDateTime.Ticks % TimeSpan.TicksPerMicrosecond)),
        utc => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc))
    );
