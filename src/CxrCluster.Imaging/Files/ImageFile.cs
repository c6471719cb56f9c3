namespace CxrCluster.Imaging;

/// <summary>Opens files, turning each failure into a sentence.</summary>
internal static class ImageFile
{
    public static byte[] ReadAllBytes(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw new UnreadableImageException($"{path} is a folder, not a picture; name the files inside it.");
            }

            var length = new FileInfo(path).Length;
            // Asked for before reading: devices and pipes also report 0 and would never end.
            return length switch
            {
                0 => [],
                > RadiographReader.MaxBytes => throw new UnreadableImageException(
                    $"{path} cannot be used: {length:N0} bytes are too many for one radiograph; check that it is one."
                ),
                _ => File.ReadAllBytes(path),
            };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnreadableImageException($"{path} does not exist; check the path.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnreadableImageException($"{path} cannot be opened: access is denied; grant read permission.", e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw new UnreadableImageException($"{path} cannot be opened: {e.Message} Check the path and the disk.", e);
        }
    }
}
