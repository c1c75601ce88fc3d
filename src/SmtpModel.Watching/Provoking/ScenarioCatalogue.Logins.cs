using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <content>A login that is demanded and refused, and passwords that are asked for outside TLS.</content>
public static partial class ScenarioCatalogue
{
    private static IEnumerable<Scenario> Logins(Profile profile, IReadOnlyList<Place> plain)
    {
        var table = profile.Table;
        var login = PlainSession.Login(table, plain[2].State).FirstOrDefault();
        if (login is null)
        {
            yield break;
        }

        var demanding = profile.With($"{profile.Name}-demanded", $"{profile.Title}, a login demanded", Demanded.Login);
        foreach (var code in PlainSession.Codes(table, login).Where(code => code >= 400 && code != table.Faults.Closing))
        {
            yield return new Scenario(
                0,
                $"login/{login.Name}/{code}",
                $"A login is demanded, and each {login.Command} draws {code}: what comes without one draws {Demanded.Code}."
            )
            {
                Serves = demanding,
                Answers = [(new Moment(login.Command, Nth.Every), new Answer { Code = code })],
            };
        }

        foreach (var use in table.Commands.Where(use => use.Replies.Accepting.Any(code => table.Secures(use.Command / code))))
        {
            // as somebody between the two would have it, who wants to read the password
            yield return new Scenario(
                0,
                $"offer/{login.Name}-and-no-{use.Command}",
                $"{login.Command} is listed in clear, and {use.Command} is not."
            )
            {
                OffersLoginInClear = true,
                Hides = [use.Command.Keyword],
                Answers = [(new Moment(table.Listing), new Answer())],
            };
            foreach (var code in use.Replies.Refusing.Where(code => code is < 500 and >= 400).Take(1))
            {
                yield return new Scenario(
                    0,
                    $"offer/{login.Name}-and-{use.Command}-{code}",
                    $"{login.Command} is listed in clear, and {use.Command} draws {code}."
                )
                {
                    OffersLoginInClear = true,
                    Answers = [(new Moment(use.Command), new Answer { Code = code })],
                };
            }
        }
    }
}
