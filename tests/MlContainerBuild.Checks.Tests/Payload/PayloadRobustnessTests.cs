using System.IO.Compression;
using System.Text;

using MlContainerBuild.Checks.Tests.Images;

namespace MlContainerBuild.Checks.Tests.Payload;

/// <summary>Whatever lies in a publish folder, the rules come to an end, and say nothing worse than that something was not read.</summary>
public sealed class PayloadRobustnessTests : IDisposable
{
    private const int Rounds = 60;

    private readonly PublishFolder folder = new();

    public static TheoryData<string, byte[]> Seeds => new()
    {
        { "appsettings.json", Text($$"""{ "ConnectionStrings": { "Db": "Server=db.example;User Id=a;Password={{Made.Password}}" }, "List": [ { "name": "A_TOKEN", "value": "x" } ] }""") },
        { "pod.yaml", Text("a: &x [1, 2]\nb: *x\n? { k: v }\n: !!str |\n  text\n---\n- name: API_KEY\n  value: \"x\"\n") },
        { "web.config", Text("<?xml version=\"1.0\"?><!DOCTYPE c [<!ENTITY e \"x\">]><c><add key=\"ApiKey\" value=\"&amp;y\" /><![CDATA[text]]></c>") },
        { ".env", Text("export A=\"b\"\nPASSWORD='c' # d\n[section]\nx: y\n") },
        { "run.sh", Text("export HF_TOKEN=abc --api-key \"x\" && $(cat y)\n") },
        { "train.ipynb", Text("""{ "cells": [ { "source": [ "api_key = 'x'\n" ], "outputs": [] } ] }""") },
        { "store.p12", [0x30, 0x82, 0x01, 0x00, 0x02, 0x01, 0x03, 0x30, 0x82, 0x00, 0xF0, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01, 0xA0, 0x80, .. new byte[40]] },
        { "store.jks", [0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 1, 97, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 88, 46, 53, 48, 57, 0, 0, 0, 3, 1, 2, 3] },
        { "a.zip", Zip() },
        { "Iris.dll", CompiledAssembly.Of("class A { string S() => \"text of an assembly\"; }", resources: ("a.json", Text("{}"))).Assembly },
        { "Iris.pdb", CompiledAssembly.Of("class A { string S() => \"text\"; }", embedsSource: true).Symbols },
    };

    [Theory]
    [MemberData(nameof(Seeds))]
    public void DamagedFile_NeverThrows(string name, byte[] seed)
    {
        var random = new Random(name.Length + seed.Length);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] damaged = round % 3 == 0 ? seed[..random.Next(seed.Length)] : [.. seed];
            for (int change = round % 8; change > 0 && damaged.Length > 0; change--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);

            AssertNothingWorse(name.EndsWith(".dll", StringComparison.Ordinal) ? folder.WithOwnAssembly(name, damaged) : folder.With(name, damaged));
        }
    }

    [Theory]
    [InlineData("deep.json", "{\"a\":", "1", "}")]
    [InlineData("list.json", "[", "1", "]")]
    [InlineData("deep.yaml", "[", "1", "]")]
    [InlineData("map.yaml", "{a: ", "1", "}")]
    [InlineData("deep.xml", "<a b=\"c\">", "x", "</a>")]
    public void DeepStructure_IsReadToALimit(string name, string open, string middle, string close)
    {
        string text = string.Concat(Enumerable.Repeat(open, 20_000)) + middle + string.Concat(Enumerable.Repeat(close, 20_000));

        AssertNothingWorse(folder.With(name, text));
    }

    [Theory]
    [InlineData("long.json", "\"a\":\"b\",")]
    [InlineData("long.yaml", "- {a: b}\n")]
    [InlineData("long.env", "password=\"\n")]
    [InlineData("long.sh", "--password ")]
    [InlineData("long.xml", "<a p=\"q\"/>")]
    [InlineData("long.txt", "password;key=")]
    public void LongFile_IsReadToItsEnd(string name, string piece)
        => AssertNothingWorse(folder.With(name, (name.EndsWith("json", StringComparison.Ordinal) ? "{" : name.EndsWith("xml", StringComparison.Ordinal) ? "<r>" : "") + string.Concat(Enumerable.Repeat(piece, 300_000 / piece.Length))));

    public void Dispose() => folder.Dispose();

    private static void AssertNothingWorse(PublishFolder folder) => Assert.All(folder.Check(), finding => Assert.Contains(finding.Rule.Id, (string[])["MLC3022", "MLC3023", "MLC3024", "MLC9009"]));

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Zip()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("a.json").Open();
            entry.Write(Text("""{ "Password": "x" }"""));
        }

        return stream.ToArray();
    }
}
