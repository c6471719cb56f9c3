using Microsoft.Extensions.Caching.Memory;

namespace CxrCluster.Gateway.Images;

/// <summary>PNG pictures that were made lately, up to a number of bytes.</summary>
internal sealed class PictureCache(GatewayOptions options) : IDisposable
{
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = options.PictureCacheBytes });

    /// <summary>The picture under the key, made now if need be. Two callers at once may both make it.</summary>
    public async Task<byte[]> GetAsync(string key, Func<Task<byte[]>> make)
    {
        if (_cache.TryGetValue(key, out byte[]? known))
            return known!;
        byte[] made = await make();
        _cache.Set(key, made, new MemoryCacheEntryOptions { Size = made.Length });
        return made;
    }

    public void Dispose() => _cache.Dispose();
}
