namespace CxrCluster.Similarity.Scanning;

/// <summary>
/// Finds an id's row: a hash table of row numbers only, the ids being in the segments already. A dictionary would hold
/// them once more, at some 40 bytes per vector.
/// </summary>
internal sealed class RowTable<TId>
    where TId : notnull
{
    private const int Least = 16;

    // row + 1, or 0 for none; linear probing
    private int[] _slots = new int[Least];
    private int _count;

    /// <summary>The row of an id, or -1.</summary>
    /// <param name="idAt">The id of a row.</param>
    public int Find(TId id, Func<int, TId> idAt)
    {
        for (int slot = Home(id); _slots[slot] != 0; slot = Next(slot))
            if (idAt(_slots[slot] - 1).Equals(id))
                return _slots[slot] - 1;
        return -1;
    }

    /// <summary>Adds an id that is not there.</summary>
    public void Add(TId id, int row, Func<int, TId> idAt)
    {
        if ((_count + 1) * 4L > _slots.Length * 3L)
            Grow(idAt);
        Put(id, row);
        _count++;
    }

    /// <summary>Gives an id that is there another row.</summary>
    public void Move(TId id, int from, int to)
    {
        int slot = Home(id);
        while (_slots[slot] != from + 1)
            slot = Next(slot);
        _slots[slot] = to + 1;
    }

    /// <summary>Removes an id that is there; what probing had pushed behind it moves up.</summary>
    public void Remove(TId id, int row, Func<int, TId> idAt)
    {
        int hole = Home(id);
        while (_slots[hole] != row + 1)
            hole = Next(hole);
        for (int slot = Next(hole); _slots[slot] != 0; slot = Next(slot))
        {
            int home = Home(idAt(_slots[slot] - 1));
            // whether the hole lies between its home and where it is, going round
            if (((slot - home) & (_slots.Length - 1)) >= ((slot - hole) & (_slots.Length - 1)))
            {
                _slots[hole] = _slots[slot];
                hole = slot;
            }
        }
        _slots[hole] = 0;
        _count--;
    }

    private void Grow(Func<int, TId> idAt)
    {
        int[] old = _slots;
        _slots = new int[old.Length * 2];
        foreach (int entry in old)
            if (entry != 0)
                Put(idAt(entry - 1), entry - 1);
    }

    private void Put(TId id, int row)
    {
        int slot = Home(id);
        while (_slots[slot] != 0)
            slot = Next(slot);
        _slots[slot] = row + 1;
    }

    /// <summary>Fibonacci hashing: consecutive hash codes (numbers, say) spread over the table.</summary>
    private int Home(TId id) => (int)((uint)id.GetHashCode() * 0x9E3779B97F4A7C15UL >> 32) & (_slots.Length - 1);

    private int Next(int slot) => (slot + 1) & (_slots.Length - 1);
}
