using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CxrCluster.Dicom.Web;

/// <summary>Requests to one PACS: who we are, whom we trust, how long we wait, how often we try. What goes wrong becomes a
/// sentence here.</summary>
internal sealed class PacsChannel : IDisposable
{
    private readonly PacsEndpoint _endpoint;
    private readonly PacsClientOptions _options;
    private readonly Random _random;
    private readonly TimeProvider _time;
    private readonly CircuitBreaker _breaker;
    private readonly HttpClient _http;
    private readonly string _root;

    public PacsChannel(PacsEndpoint endpoint, PacsClientOptions options, Random random, TimeProvider time)
    {
        if (endpoint.Validate().FirstOrDefault() is { } problem)
            throw new PacsRefusedException(problem);
        (_endpoint, _options, _random, _time) = (endpoint, options, random, time);
        _breaker = new CircuitBreaker(options.BreakAfter, options.BreakFor, time);
        _root = endpoint.Url.TrimEnd('/');
        _http = new HttpClient(Handler(), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = Authorization();
    }

    public string Who => $"The PACS of hospital {_endpoint.Hospital}";

    /// <summary>The answer to a request, tried as often as it makes sense: 2xx, 404, 409 or 410.</summary>
    /// <param name="path">Below the DICOMweb root, starting with "/".</param>
    /// <param name="accept">What the answer may be.</param>
    /// <param name="content">Makes the body anew for every try; null: GET.</param>
    /// <param name="limit">The largest body that is read, bytes.</param>
    /// <param name="probe">Ask although the circuit is open.</param>
    public async Task<PacsAnswer> SendAsync(
        string path,
        string accept,
        Func<HttpContent>? content,
        int limit,
        bool probe,
        CancellationToken cancellationToken
    )
    {
        for (int attempt = 1; ; attempt++)
        {
            if (!probe && _breaker.TryEnter() is { } open)
                throw new PacsUnavailableException(
                    $"{Who} did not answer several times in a row; it is left alone for {Math.Ceiling(open.TotalSeconds)} s more."
                );
            try
            {
                return await TryAsync(path, accept, content, limit, cancellationToken);
            }
            catch (RetryablePacsFault fault)
            {
                if (fault.Outcome is PacsUnavailableException)
                    _breaker.FoundNobody();
                else
                    _breaker.Answered();
                if (attempt >= _options.Attempts)
                    throw fault.Outcome;
                await Task.Delay(PauseAfter(attempt, fault.AskedPause), _time, cancellationToken);
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<PacsAnswer> TryAsync(
        string path,
        string accept,
        Func<HttpContent>? content,
        int limit,
        CancellationToken cancellationToken
    )
    {
        long started = _time.GetTimestamp();
        using var patience = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(
                content is null ? HttpMethod.Get : HttpMethod.Post,
                _root + path
            );
            request.Headers.TryAddWithoutValidation("Accept", accept);
            request.Content = content?.Invoke();
            if (content is not null)
                patience.CancelAfter(_options.TransferTimeout); // sending takes its time; there is no progress to see
            using HttpResponseMessage response = await _http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                either.Token
            );
            Judge(response);
            ReadOnlyMemory<byte> body = await ReadAsync(response.Content, limit, started, patience, either.Token);
            _breaker.Answered();
            return new PacsAnswer(response.StatusCode, response.Content.Headers.ContentType, body);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable(
                $"{Who} takes longer to answer than it may ({_options.Timeout.TotalSeconds:0} s).",
                exception
            );
        }
        catch (HttpRequestException exception)
            when (exception.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw new PacsRefusedException(
                $"{Who} shows a certificate that is not trusted ({exception.InnerException?.Message ?? exception.Message}): "
                    + "give the file of the authority that issued it (--ca), or have it issued for the name in the address.",
                exception
            );
        }
        catch (HttpRequestException exception)
            when (exception.HttpRequestError
                    is HttpRequestError.ConnectionError
                        or HttpRequestError.NameResolutionError
                        or HttpRequestError.ProxyTunnelError
            )
        {
            throw Unavailable(
                $"{Who} cannot be reached at {new Uri(_root).Authority} ({exception.Message}): is it running, is the address right?",
                exception
            );
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new RetryablePacsFault(
                new PacsAnswerException($"{Who} broke off its answer ({exception.Message}).", exception)
            );
        }
    }

    /// <summary>Throws for a status that no caller has a use for.</summary>
    private void Judge(HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        switch (response.StatusCode)
        {
            case HttpStatusCode.Conflict or HttpStatusCode.NotFound or HttpStatusCode.Gone:
            case >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous:
                return;
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                throw new PacsRefusedException(
                    $"{Who} refuses the credentials ({status}): check the user, the password or the token that it was given."
                );
            case >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest:
                throw new PacsRefusedException(
                    $"{Who} points to another address ({status}): give that one, it is not followed with the credentials."
                );
            case HttpStatusCode.RequestTimeout
            or HttpStatusCode.TooManyRequests
            or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout:
                throw new RetryablePacsFault(
                    new PacsUnavailableException($"{Who} is not able to answer now ({status})."),
                    response.Headers.RetryAfter?.Delta
                );
            case >= HttpStatusCode.InternalServerError:
                throw new RetryablePacsFault(
                    new PacsAnswerException($"{Who} answers this request with error {status}.")
                );
            default:
                throw new PacsAnswerException($"{Who} refuses this request ({status}).");
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpContent content,
        int limit,
        long started,
        CancellationTokenSource patience,
        CancellationToken cancellationToken
    )
    {
        if (content.Headers.ContentLength is { } announced && announced > limit)
            throw TooLarge(limit);
        await using Stream stream = await content.ReadAsStreamAsync(cancellationToken);
        byte[] buffer = new byte[(int)(content.Headers.ContentLength ?? Math.Min(limit, 1 << 20)) + 1];
        int length = 0;
        while (true)
        {
            TimeSpan left = _options.TransferTimeout - _time.GetElapsedTime(started);
            patience.CancelAfter(TimeSpan.FromTicks(Math.Clamp(left.Ticks, 1, _options.Timeout.Ticks)));
            int read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
                return buffer.AsMemory(0, length);
            length += read;
            if (length > limit)
                throw TooLarge(limit);
            if (length == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(2L * length, limit + 1L));
        }
    }

    private PacsInstanceTooLargeException TooLarge(int limit) =>
        new($"{Who} sends more than the {limit >> 20} MiB that are taken at a time: raise the limit if that is right.");

    private static RetryablePacsFault Unavailable(string sentence, Exception cause) =>
        new(new PacsUnavailableException(sentence, cause));

    /// <summary>Full jitter below a bound that doubles; what the server asks for is the least, up to half a minute.</summary>
    private TimeSpan PauseAfter(int attempt, TimeSpan? asked)
    {
        double share;
        lock (_random)
            share = _random.NextDouble();
        TimeSpan pause = _options.Pause * Math.Pow(2, attempt - 1) * share;
        TimeSpan least = asked is { } a && a > TimeSpan.Zero ? a : TimeSpan.Zero;
        return pause + (least < TimeSpan.FromSeconds(30) ? least : TimeSpan.FromSeconds(30));
    }

    private AuthenticationHeaderValue? Authorization()
    {
        try
        {
            if (_endpoint.TokenFrom is { } token)
                return new AuthenticationHeaderValue("Bearer", SecretReference.Read(token));
            return _endpoint is { User: { } user, PasswordFrom: { } password }
                ? new AuthenticationHeaderValue(
                    "Basic",
                    Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{SecretReference.Read(password)}"))
                )
                : null;
        }
        catch (FormatException exception)
        {
            throw new PacsRefusedException($"{Who} cannot be entered: {exception.Message}", exception);
        }
    }

    private SocketsHttpHandler Handler()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false, // a PACS is in the house
            ConnectTimeout = _options.Timeout,
            MaxConnectionsPerServer = _options.MaxConnections,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (_endpoint.CaFile is { } file)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.ImportFromPemFile(file);
            handler.SslOptions.CertificateChainPolicy = policy;
        }
        return handler;
    }
}
