using QuickStart;

// The application's folder: it holds the key of a publisher that is trusted, and that publisher's plugins.
var folder = Directory.CreateTempSubdirectory("plugins-quickstart-");
Environment.CurrentDirectory = folder.FullName;
Page.Say("Plugins: other people's code in your application, signed, granted and limited.");
try
{
    using var publisher = new Publisher("acme");

    Page.Heading("A publisher signs a plugin");
    PublishedPlugin.Show(publisher);

    Page.Heading("An application loads and calls it");
    FirstCall.Run();

    Page.Heading("It does real work");
    RealText.Run();

    Page.Heading("Plugins call the application, in three languages");
    HostFunction.Run(publisher);

    Page.Heading("What goes wrong is stopped");
    Page.Say("Each failure is an exception with a stable code, which docs/errors.md explains.");
    TamperedModule.Run();
    EndlessLoop.Run(publisher);
    DeniedPermission.Run(publisher);

    Page.Heading("And the application goes on");
    FirstCall.Run();
    Page.Say("");
    Page.Say("Next: docs/host.md to load plugins, docs/writing-plugins.md to write one.");
}
finally
{
    Environment.CurrentDirectory = AppContext.BaseDirectory;
    folder.Delete(recursive: true);
}
