namespace CxrCluster.Learning.Slots;

/// <summary>
/// The bounded queue of a slot and its batching rule: the oldest request of the highest priority decides the model; a
/// batch leaves when it is full or when its oldest request has waited the maximal delay. Priority is strict: urgent
/// requests go before bulk ones however long those have waited. Warm-ups go first and are not bounded. Stepwise work comes
/// last, several in turn: a step starts when nothing waits, when it will be over before the batch that fills has waited
/// its delay, or when only bulk images wait and <see cref="StepShare"/> says that it is due.
/// </summary>
internal sealed class SlotQueue : IDisposable
{
    // an object, not a Lock: the slot's thread waits on it and is pulsed when something changed
    private readonly object _gate = new();
    private readonly LinkedList<PendingInference>[] _classes =
    [
        .. Enum.GetValues<SlotPriority>().Select(_ => new LinkedList<PendingInference>()),
    ];
    private readonly Queue<PendingWarmUp> _warmUps = new();
    private readonly LinkedList<PendingSteps> _steps = new();
    private readonly StepShare _share;
    private readonly SlotOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _alarm;
    private int _count;
    private bool _stepping;
    private bool _closed;

    public SlotQueue(SlotOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _share = new StepShare(options.TrainingShare);
        _alarm = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Requests that wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _count;
        }
    }

    /// <summary>Stepwise works that are under way.</summary>
    public int StepwiseCount
    {
        get
        {
            lock (_gate)
                return _steps.Count + (_stepping ? 1 : 0);
        }
    }

    /// <exception cref="SlotBusyException">The queue is full.</exception>
    /// <exception cref="SlotStoppedException">The queue is closed.</exception>
    public PendingInference Add(SlotRequest request)
    {
        PendingInference pending = new(request, _time.GetTimestamp());
        lock (_gate)
        {
            ThrowIfClosed();
            if (_count >= _options.QueueCapacity)
                throw new SlotBusyException(_options.Device, _options.QueueCapacity);
            _classes[(int)request.Priority].AddLast(pending);
            _count++;
            Monitor.Pulse(_gate);
        }
        return pending;
    }

    /// <exception cref="SlotStoppedException">The queue is closed.</exception>
    public PendingWarmUp AddWarmUp(string model)
    {
        PendingWarmUp warmUp = new(model);
        lock (_gate)
        {
            ThrowIfClosed();
            _warmUps.Enqueue(warmUp);
            Monitor.Pulse(_gate);
        }
        return warmUp;
    }

    /// <exception cref="SlotStoppedException">The queue is closed.</exception>
    public PendingSteps AddSteps(StepwiseWork work, CancellationToken cancellationToken)
    {
        PendingSteps steps = new(work, cancellationToken);
        lock (_gate)
        {
            ThrowIfClosed();
            _steps.AddLast(steps);
            Monitor.Pulse(_gate);
        }
        return steps;
    }

    /// <summary>Tells how long a step took; a work that has another one goes to the end of the line.</summary>
    /// <returns>False when it has another one that will not come, because the queue is closed.</returns>
    public bool StepEnded(PendingSteps steps, TimeSpan elapsed, bool more)
    {
        lock (_gate)
        {
            _stepping = false;
            steps.LastStep = elapsed;
            if (_count > 0)
                _share.StepRan(elapsed);
            if (more && !_closed)
                _steps.AddLast(steps);
            return !more || !_closed;
        }
    }

    /// <summary>Tells how long a batch took.</summary>
    public void BatchEnded(IReadOnlyList<PendingInference> batch, TimeSpan elapsed)
    {
        lock (_gate)
            if (_steps.First is { } next && batch.All(pending => pending.Priority == SlotPriority.Bulk))
                _share.BulkRan(elapsed, next.Value.LastStep);
    }

    /// <summary>Removes a request that still waits; no effect when its batch has left.</summary>
    public void Remove(PendingInference pending)
    {
        lock (_gate)
            if (_classes[(int)pending.Priority].Remove(pending))
                _count--;
    }

    /// <summary>Blocks until there is work; null when the queue is closed. For one thread.</summary>
    public SlotWork? Take()
    {
        lock (_gate)
            while (!_closed)
            {
                if (_warmUps.TryDequeue(out PendingWarmUp? warmUp))
                    return new SlotWork(warmUp.Model, [], warmUp);
                if (_steps.First is { } due && OnlyBulkWaits() && _share.MayGoBeforeBulk(due.Value.LastStep))
                    return TakeStep();
                if (TakeBatch() is { } batch)
                    return batch;
                if (_steps.First is { } idle && FitsBeforeTheBatch(idle.Value.LastStep))
                    return TakeStep();
                Monitor.Wait(_gate);
            }
        return null;
    }

    /// <summary>Refuses everything that waits and everything that comes.</summary>
    public void Close()
    {
        List<SlotWork> refused;
        lock (_gate)
        {
            _closed = true;
            refused =
            [
                .. _warmUps.Select(warmUp => new SlotWork(warmUp.Model, [], warmUp)),
                new SlotWork("", [.. _classes.SelectMany(pending => pending)]),
                .. _steps.Select(steps => new SlotWork("", [], Steps: steps)),
            ];
            _warmUps.Clear();
            _steps.Clear();
            foreach (LinkedList<PendingInference> pending in _classes)
                pending.Clear();
            _count = 0;
            Monitor.Pulse(_gate);
        }
        foreach (SlotWork work in refused)
            work.Fail(new SlotStoppedException(_options.Device));
    }

    public void Dispose() => _alarm.Dispose();

    private SlotWork? TakeBatch()
    {
        if (_classes.SelectMany(pending => pending).FirstOrDefault() is not { } head)
            return null;
        List<PendingInference> batch =
        [
            .. _classes
                .SelectMany(pending => pending)
                .Where(pending => pending.BatchKey == head.BatchKey)
                .Take(_options.MaxBatch),
        ];
        if (batch.Count < _options.MaxBatch && !HasWaited(batch.Min(pending => pending.EnqueuedAt)))
            return null;
        foreach (PendingInference pending in batch)
            _classes[(int)pending.Priority].Remove(pending);
        _count -= batch.Count;
        return new SlotWork(head.BatchKey.Model, batch);
    }

    private SlotWork TakeStep()
    {
        PendingSteps steps = _steps.First!.Value;
        _steps.RemoveFirst();
        _stepping = true;
        return new SlotWork("", [], Steps: steps);
    }

    private bool OnlyBulkWaits() =>
        _count > 0 && _classes.Where((_, priority) => priority != (int)SlotPriority.Bulk).All(c => c.Count == 0);

    /// <summary>Whether nothing waits, or a step as long as the last one ends before the oldest image's delay does.</summary>
    private bool FitsBeforeTheBatch(TimeSpan? lastStep) =>
        _count == 0
        || lastStep is { } step
            && _time.GetElapsedTime(_classes.SelectMany(pending => pending).Min(pending => pending.EnqueuedAt)) + step
                <= _options.MaxDelay;

    /// <summary>Whether the maximal delay has passed; when it has not, the alarm is set for when it will have.</summary>
    private bool HasWaited(long enqueuedAt)
    {
        TimeSpan left = _options.MaxDelay - _time.GetElapsedTime(enqueuedAt);
        if (left <= TimeSpan.Zero)
            return true;
        // rounded up to the timer's resolution: an alarm that rings early would be set again and again
        _alarm.Change(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        // the clock may have moved between reading it and setting the alarm
        return _time.GetElapsedTime(enqueuedAt) >= _options.MaxDelay;
    }

    private void Wake()
    {
        lock (_gate)
            Monitor.Pulse(_gate);
    }

    private void ThrowIfClosed()
    {
        if (_closed)
            throw new SlotStoppedException(_options.Device);
    }
}
