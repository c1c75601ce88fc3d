using System.Globalization;
using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Names for states, commands and buffers that languages with plain identifiers take, none twice.</summary>
internal sealed class Symbols
{
    private readonly Dictionary<State, string> _states = [];
    private readonly Dictionary<Command, string> _commands = [];
    private readonly Dictionary<DataBuffer, string> _buffers = [];
    private readonly HashSet<string> _taken;

    /// <summary>Names for a machine.</summary>
    /// <param name="states">Its states.</param>
    /// <param name="commands">Its commands.</param>
    /// <param name="buffers">Its buffers.</param>
    /// <param name="reserved">Words that no name may be.</param>
    public Symbols(
        IEnumerable<State> states,
        IEnumerable<Command> commands,
        IEnumerable<DataBuffer> buffers,
        params IEnumerable<string> reserved
    )
    {
        _taken = new HashSet<string>(reserved, StringComparer.Ordinal);
        foreach (var state in states)
        {
            _states[state] = Free("S_" + Plain(state.Name));
        }

        foreach (var command in commands)
        {
            _commands[command] = Free("C_" + Plain(command.Name));
        }

        foreach (var buffer in buffers)
        {
            _buffers[buffer] = Free(Plain(buffer.Name));
        }
    }

    public string this[State state] => _states[state];

    public string this[Command command] => _commands[command];

    public string this[DataBuffer buffer] => _buffers[buffer];

    public bool Has(DataBuffer buffer) => _buffers.ContainsKey(buffer);

    public IEnumerable<KeyValuePair<State, string>> States => _states;

    public IEnumerable<KeyValuePair<Command, string>> Commands => _commands;

    public IEnumerable<string> Buffers => _buffers.Values;

    /// <summary>The name of a property in such languages.</summary>
    public static string Of(Property property) => Plain(property.Name);

    /// <summary>The name of a parameter, by its keyword.</summary>
    public static string OfParameter(string keyword) => "K_" + Plain(keyword);

    /// <summary>Words as one identifier: ASCII letters, digits, underscores.</summary>
    public static string Plain(string words)
    {
        var plain = string.Concat(words.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return plain.Length > 0 && char.IsAsciiLetter(plain[0]) ? plain : "x" + plain;
    }

    private string Free(string name)
    {
        var free = name;
        for (var number = 2; !_taken.Add(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
        }

        return free;
    }
}
