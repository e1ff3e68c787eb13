using System.Buffers;

namespace MlContainerBuild.Checks.Models.Pickles;

/// <summary>
/// What a pickle has put away to recall it. Places are numbered one after the other; what a file numbers otherwise lies apart, so that
/// a single place far off costs no array up to it.
/// </summary>
internal sealed class PickleMemo : IDisposable
{
    private const int MostPlaces = 1 << 20;

    private readonly Dictionary<uint, PickleValue> far = [];
    private PickleValue[] near;
    private uint end;

    public PickleMemo()
    {
        near = ArrayPool<PickleValue>.Shared.Rent(256);
        near.AsSpan().Clear();
    }

    /// <summary>How many places were filled: the number that the next one gets.</summary>
    public uint Count { get; private set; }

    public void Clear()
    {
        near.AsSpan(0, (int)end).Clear();
        far.Clear();
        (Count, end) = (0, 0);
    }

    public void Put(uint index, PickleValue value)
    {
        if (index >= MostPlaces)
        {
            Count++;
            return;
        }

        bool isNear = index < near.Length || index <= 2 * Count;
        if (!isNear)
        {
            if (far.TryAdd(index, value))
                Count++;
            else
                far[index] = value;
            return;
        }

        if (index >= near.Length)
            Grow((int)Math.Max(index + 1, near.Length * 2L));
        if (near[index].Kind == PickleValueKind.Unset && !far.ContainsKey(index))
            Count++;
        near[index] = value;
        end = Math.Max(end, index + 1);
    }

    /// <summary>False where nothing was put. What lies beyond the limit counts as an object.</summary>
    public bool TryGet(uint index, out PickleValue value)
    {
        value = index >= MostPlaces ? new PickleValue(PickleValueKind.Object) : index < near.Length ? near[index] : default;
        if (value.Kind == PickleValueKind.Unset)
            far.TryGetValue(index, out value);
        return value.Kind != PickleValueKind.Unset;
    }

    public void Dispose() => ArrayPool<PickleValue>.Shared.Return(near);

    private void Grow(int length)
    {
        PickleValue[] larger = ArrayPool<PickleValue>.Shared.Rent(length);
        near.CopyTo(larger, 0);
        larger.AsSpan(near.Length).Clear();
        ArrayPool<PickleValue>.Shared.Return(near);
        near = larger;
    }
}
