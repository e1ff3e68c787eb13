namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>How to pin a base image: the one place that knows it.</summary>
internal static class PinRemedy
{
    public static string For(ContainerIntent intent, ImageReference image)
    {
        string name = MessageText.Whole(image.ToString());
        return $"Read the digest with 'docker buildx imagetools inspect {name}' or 'skopeo inspect --format {{{{.Digest}}}} docker://{name}', "
            + $"and set {MessageText.Property("ContainerBaseImage", name + "@sha256:…")} in {intent.ProjectPath}.";
    }
}
