// where Spectre.Console, System.CommandLine and the engine use one word for three things
global using Command = System.CommandLine.Command;
global using Profile = SmtpModel.Machines.Profile;
