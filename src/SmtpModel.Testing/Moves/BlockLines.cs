using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>The lines of a command behind which a block of octets follows, each with a block as long as it says.</summary>
internal static class BlockLines
{
    /// <summary>
    /// Each example with the plainest content, the first one with each content, and with what asks the embedded server for each of its
    /// refusals. An example that says 0 keeps it.
    /// </summary>
    /// <param name="use">The command.</param>
    /// <param name="block">How its line says how long the block is.</param>
    /// <param name="contents">What may be in it, the plainest first.</param>
    public static IEnumerable<string> Of(CommandUse use, CountedBlock block, IReadOnlyList<string> contents)
    {
        var (name, plain, examples) = (use.Command.Keyword, contents[0], use.Argument.Value!.Valid);
        foreach (var written in new[] { name, name.ToLowerInvariant(), Palette.Mixed(name) })
        {
            yield return Line(written, examples[0], plain);
        }

        foreach (var example in examples.Skip(1))
        {
            yield return Line(name, example, block.Count(example) == 0 ? "" : plain);
        }

        foreach (
            var content in contents
                .Skip(1)
                .Append($"{name} {plain.Length}\r\nRSET\r\n.\r\nQUIT\r\n")
                .Concat(
                    use.Replies.Refusing.Where(code => !use.General.Contains(code))
                        .Select(code => $"Subject: {Provocation.Word}{code}\r\n\r\nno\r\n")
                )
        )
        {
            yield return Line(name, examples[0], content);
        }

        string Line(string keyword, string example, string content) => $"{keyword} {block.With(example, content.Length)}\r\n{content}";
    }
}
