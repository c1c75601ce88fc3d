using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <content>Lines of a message that come as commands, for DATA was refused.</content>
public sealed partial class Follower
{
    // what DATA drew, as long as nothing but lines that are no commands came behind it; 0 where that is not so
    private int _dataDrew;

    // where the client sent on without waiting, JudgeHeld says what that is
    private void NoteData(in Input input, Command command, int code)
    {
        if (input.Column != _grounds.Unknown)
        {
            _dataDrew =
                command == Rfc821.DATA
                && code >= 400
                && !_isClosing
                && !_isHeldEarly
                && !input.IsDoubtful
                && !_isBehindGap
                && _options.HasOrder
                && _mode is Mode.Held
                    ? code
                    : 0;
        }
    }

    private void JudgeText(ReadOnlySpan<byte> line, bool isCommand)
    {
        if (_dataDrew > 0 && !isCommand && (line is [(byte)'.'] || IsField(line)))
        {
            Accuse(
                Side.Client,
                ClientRules.Go,
                $"mail data was sent though DATA drew {_dataDrew}",
                Rfc821.DATA.Name,
                expected: "354, then the mail data"
            );
            _dataDrew = 0;
        }

        _dataDrew = isCommand ? 0 : _dataDrew;
    }

    // a verb is no name of a header field: a colon right behind the first word is what messages have
    private static bool IsField(ReadOnlySpan<byte> line) =>
        line.IndexOf((byte)':') is > 0 and var colon && !line[..colon].ContainsAnyExceptInRange((byte)'!', (byte)'~');
}
