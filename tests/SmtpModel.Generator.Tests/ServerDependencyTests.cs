using System.Reflection;
using System.Text.Json;
using SmtpModel.Server;

namespace SmtpModel.Generator.Tests;

/// <summary>The specification makes the server and does not go with it.</summary>
public class ServerDependencyTests
{
    private static readonly string[] OfTheSpecification = ["Stateless", "SmtpModel.Spec", "SmtpModel.Machines", "SmtpModel.Generator"];

    [Fact]
    public void The_server_s_assembly_references_neither_Stateless_nor_the_specification()
    {
        var seen = new Dictionary<string, Assembly>();
        Follow(typeof(SmtpSession).Assembly, seen);

        Assert.Contains("SmtpModel.Protocol", seen.Keys);
        Assert.Empty(seen.Keys.Intersect(OfTheSpecification));
    }

    [Fact]
    public void The_server_s_list_of_dependencies_names_neither_Stateless_nor_the_specification()
    {
        var output = Path.Combine(Repository.Root, "src", "SmtpModel.Server", "bin", Repository.Configuration, "net10.0");
        using var list = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "SmtpModel.Server.deps.json")));
        var libraries = list.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/')[0]).ToList();

        Assert.Contains("SmtpModel.Protocol", libraries);
        Assert.Empty(libraries.Intersect(OfTheSpecification));
        Assert.All(OfTheSpecification, name => Assert.False(File.Exists(Path.Combine(output, name + ".dll")), name));
    }

    private static void Follow(Assembly assembly, Dictionary<string, Assembly> seen)
    {
        if (seen.TryAdd(assembly.GetName().Name!, assembly))
        {
            foreach (var name in assembly.GetReferencedAssemblies())
            {
                Follow(Assembly.Load(name), seen);
            }
        }
    }
}
