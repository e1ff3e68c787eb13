namespace MlContainerBuild.Secrets;

internal static partial class SecretFormats
{
    private const string GitHubBlog = "https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/";

    /// <summary>Source-code hosts, package feeds and registries of images.</summary>
    private static IEnumerable<SecretFormat> Registries =>
    [
        new()
        {
            Id = "github",
            Name = "GitHub token",
            Source = GitHubBlog,
            Literals = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
            Shapes = [new("gh[pousr]_[A-Za-z0-9]{36}")],
            Checksum = Crc32Checksum.Holds,
        },
        Token("github-fine-grained", "GitHub fine-grained token", "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}", GitHubBlog, "github_pat_"),
        new()
        {
            Id = "gitlab",
            Name = "GitLab token",
            Source = "https://docs.gitlab.com/security/tokens/#token-prefixes",
            Literals = ["glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glsoat-", "glagent-", "gloas-", "glffct-", "glimt-"],
            Locate = GitLabToken.Locate,
        },
        Token("gitlab-runner", "GitLab runner registration token", "GR1348941[A-Za-z0-9_-]{20}", "https://docs.gitlab.com/security/tokens/#token-prefixes", "GR1348941"),
        new()
        {
            Id = "npm",
            Name = "npm access token",
            Source = "https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/",
            Literals = ["npm_"],
            Shapes = [new("npm_[A-Za-z0-9]{36}")],
            Checksum = Crc32Checksum.Holds,
        },
        Token("nuget", "NuGet API key", "oy2[a-z2-7]{43}", "https://github.com/NuGet/NuGetGallery (ApiKeyV4)", "oy2"),
        Token("docker-hub-personal", "Docker Hub personal access token", "dckr_pat_[A-Za-z0-9_-]{27}", "https://docs.docker.com/security/access-tokens/", "dckr_pat_"),
        Token("docker-hub-organization", "Docker Hub organization access token", "dckr_oat_[A-Za-z0-9_-]{32}", "https://docs.docker.com/security/access-tokens/", "dckr_oat_"),
    ];

    /// <summary>Messages, mail, payment.</summary>
    private static IEnumerable<SecretFormat> Services =>
    [
        new()
        {
            Id = "slack",
            Name = "Slack token",
            Source = "https://docs.slack.dev/authentication/tokens",
            Literals = ["xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-"],
            Shapes = [new("xox[abeoprs]-[A-Za-z0-9-]{10,250}") { Before = ByteClass.Base64Url }],
            Requires = static token => ByteClass.Digit.IsAnyIn(token),
        },
        Token("slack-app", "Slack app-level token", "xapp-[0-9]-[A-Z0-9]{5,20}-[0-9]{5,20}-[a-z0-9]{32,80}", "https://docs.slack.dev/authentication/tokens", "xapp-"),
        new()
        {
            Id = "slack-webhook",
            Name = "Slack webhook",
            Source = "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks",
            Literals = ["hooks.slack.com"],
            Shapes = [new("hooks.slack.com/[a-z]{8,9}/[A-Za-z0-9+/]{40,80}")],
        },
        Token("teams-webhook", "Microsoft Teams webhook", "webhook.office.com/webhookb2/[0-9a-f-]{36}@[0-9a-f-]{36}/IncomingWebhook/[0-9a-f]{32}/[0-9a-f-]{36}", "https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook", "webhook.office.com/"),
        Token("notion", "Notion integration token", "ntn_[0-9]{11}[A-Za-z0-9]{35}", "https://developers.notion.com/reference/authentication", "ntn_"),
        Token("shopify", "Shopify access token", "shp[a-z]{2}_[A-Fa-f0-9]{32}", "https://shopify.dev/docs/apps/build/authentication-authorization", "shpat_", "shpca_", "shppa_", "shpss_"),
        Token("postman", "Postman API key", "PMAK-[0-9a-f]{24}-[0-9a-f]{34}", "https://learning.postman.com/docs/reference/postman-api/authentication/", "PMAK-"),
        Token("brevo", "Brevo API key", "xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}", "https://developers.brevo.com/docs/getting-started", "xkeysib-"),
        Token("sendgrid", "SendGrid API key", "SG.[A-Za-z0-9_-]{22}.[A-Za-z0-9_-]{43}", "https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys", "SG."),
        new()
        {
            Id = "stripe",
            Name = "Stripe secret key",
            Source = "https://docs.stripe.com/keys",
            Literals = ["sk_live_", "rk_live_", "sk_prod_", "rk_prod_"],
            Shapes = [new("[rs]k_[a-z]{4}_[A-Za-z0-9]{10,247}")],
        },
        new()
        {
            Id = "stripe-test",
            Name = "Stripe test key",
            Source = "https://docs.stripe.com/keys",
            Confidence = SecretConfidence.Contextual,
            Literals = ["sk_test_", "rk_test_"],
            Shapes = [new("[rs]k_test_[A-Za-z0-9]{10,247}")],
        },
    ];

    /// <summary>What stands beside a container: clusters, vaults, pipelines, package feeds.</summary>
    private static IEnumerable<SecretFormat> Operations =>
    [
        Token("vault-service", "HashiCorp Vault service token", "hvs.[A-Za-z0-9_-]{90,120}", "https://developer.hashicorp.com/vault/docs/concepts/tokens", "hvs."),
        Long("vault-batch", "HashiCorp Vault batch token", "hvb.[A-Za-z0-9_-]{138,300}", "https://developer.hashicorp.com/vault/docs/concepts/tokens", "hvb."),
        new()
        {
            Id = "terraform-cloud",
            Name = "Terraform Cloud token",
            Source = Observed,
            Literals = [".atlasv1."],
            LiteralOffset = 14,
            Shapes = [new("[A-Za-z0-9]{14}.atlasv1.[A-Za-z0-9_=-]{60,70}")],
        },
        Token("digitalocean", "DigitalOcean token", "do[opr]_v1_[a-f0-9]{64}", "https://docs.digitalocean.com/reference/api/create-personal-access-token/", "dop_v1_", "doo_v1_", "dor_v1_"),
        Token("grafana-service-account", "Grafana service account token", "glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}", "https://grafana.com/docs/grafana/latest/administration/service-accounts/", "glsa_"),
        Long("grafana-cloud", "Grafana Cloud token", "glc_[A-Za-z0-9+/]{32,400}", Observed, "glc_"),
        Long("pypi", "PyPI token", "pypi-AgE[A-Za-z0-9_-]{80,420}", "PyPI's help page, API tokens", "pypi-AgE"),
        Token("pulumi", "Pulumi access token", "pul-[a-f0-9]{40}", "https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/", "pul-"),
        Token("prefect", "Prefect API key", "pn[ub]_[A-Za-z0-9]{36}", Observed, "pnu_", "pnb_"),
        new()
        {
            Id = "doppler",
            Name = "Doppler token",
            Source = "https://docs.doppler.com/reference/auth-token-formats",
            Literals = ["dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit."],
            Shapes = [new("dp.[a-z]{2,5}.[A-Za-z0-9]{40,44}"), new("dp.st.[A-Za-z0-9_-]{2,35}.[A-Za-z0-9]{40,44}")],
        },
        Token("tailscale", "Tailscale key", "tskey-[a-z]{3,10}-[A-Za-z0-9]{8,20}-[A-Za-z0-9]{20,40}", "https://tailscale.com/kb/1277/key-prefixes", "tskey-"),
        Token("supabase", "Supabase management token", "sbp_[a-f0-9]{40}", "https://supabase.com/docs/reference/api/introduction", "sbp_"),
        Token("supabase-secret", "Supabase secret key", "sb_secret_[A-Za-z0-9_-]{22}_[A-Za-z0-9_-]{8}", "https://supabase.com/docs/guides/api/api-keys", "sb_secret_"),
        Token("planetscale", "PlanetScale token", "pscale_[a-z]{2,5}_[A-Za-z0-9_.-]{32,64}", "https://planetscale.com/docs/concepts/service-tokens", "pscale_tkn_", "pscale_pw_", "pscale_oauth_"),
        Token("openshift", "OpenShift access token", "sha256~[A-Za-z0-9_-]{43}", "https://docs.openshift.com/container-platform/latest/authentication/managing-oauth-access-tokens.html", "sha256~"),
        Token("dynatrace", "Dynatrace token", "dt0c01.[A-Z0-9]{24}.[A-Z0-9]{64}", "https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens", "dt0c01."),
        Long("onepassword", "1Password service account token", "ops_eyJ[A-Za-z0-9+/]{250,1400}", "https://developer.1password.com/docs/service-accounts/", "ops_eyJ"),
        Token("sonarqube", "SonarQube token", "sq[upa]_[a-f0-9]{40}", "https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens/", "squ_", "sqp_", "sqa_"),
        Token("age", "age secret key", "AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}", "https://age-encryption.org/v1", "AGE-SECRET-KEY-1"),
        Token("artifactory", "Artifactory API key", "AKCp[A-Za-z0-9]{69}", "https://jfrog.com/help/r/jfrog-platform-administration-documentation/api-key", "AKCp"),
        Token("artifactory-reference", "Artifactory reference token", "cmVmdGtu[A-Za-z0-9]{56}", "https://jfrog.com/help/r/jfrog-platform-administration-documentation/reference-token", "cmVmdGtu"),
        Token("docker-swarm", "Docker Swarm join token", "SWMTKN-1-[a-z0-9]{50}-[a-z0-9]{25}", "https://docs.docker.com/engine/swarm/swarm-tutorial/add-nodes/", "SWMTKN-1-"),
        Long("sentry-organization", "Sentry organization token", "sntrys_eyJ[A-Za-z0-9_+/-]{80,300}", "https://docs.sentry.io/account/auth-tokens/", "sntrys_eyJ"),
        Token("sentry-user", "Sentry user token", "sntryu_[a-f0-9]{64}", "https://docs.sentry.io/account/auth-tokens/", "sntryu_"),
        Token("new-relic", "New Relic user key", "NRAK-[A-Z0-9]{27}", "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/", "NRAK-"),
        Token("runpod", "RunPod API key", "rpa_[A-Z0-9]{40}[A-Za-z0-9]{6}", Observed, "rpa_"),
        Token("discord-webhook", "Discord webhook", "discord.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,80}", "https://discord.com/developers/docs/resources/webhook", "discord.com/api/webhooks/"),
        Token("linear", "Linear API key", "lin_api_[A-Za-z0-9]{40}", "https://linear.app/developers/graphql", "lin_api_"),
        Long("atlassian", "Atlassian API token", "ATATT3xFf[A-Za-z0-9_-]{150,190}", Observed, "ATATT3xFf"),
    ];
}
