package no.sertsynk.cli.manual;

import no.sertsynk.config.Key;
import no.sertsynk.config.Key.Absent;
import no.sertsynk.config.Keys;

/** The manual page of the configuration file, sertsynk.yaml(5). */
final class KeysPage {
    private final Mdoc page;

    private KeysPage(String date) {
        this.page = new Mdoc("SERTSYNK.YAML", 5, date);
    }

    static String of(Keys keys, String date) {
        KeysPage page = new KeysPage(date);
        page.introduction();
        page.page.macro("Sh", "KEYS");
        keys.all().forEach(page::topKey);
        page.surroundings();
        return page.page.toString();
    }

    private void introduction() {
        page.macro("Sh", "NAME").macro("Nm", "sertsynk.yaml").macro("Nd", "configuration of sertsynk");
        page.macro("Sh", "DESCRIPTION")
                .text("The file is YAML 1.2 and is read by")
                .macro("Xr", "sertsynk", "1", Mdoc.STOP)
                .text("A key that is not described here is a mistake, as is a secret that is written in the file.");
        page.macro("Pp")
                .text("Paths are relative to the folder of the file. A duration is a number with its unit: 500ms, 10s,"
                        + " 2m, 24h or 30d. An address begins with its scheme, such as https. In paths, addresses,"
                        + " user names and secrets ${NAME} stands for a variable of the environment.");
        page.macro("Sh", "SECRETS").text("A secret is one of:").macro("Bl", "-bullet", "-compact");
        page.macro("It").text("passwordFile: a file that holds it alone and that not everybody may read;");
        page.macro("It")
                .text("passwordFile: \"${CREDENTIALS_DIRECTORY}/NAME\", a credential that systemd passes on with"
                        + " LoadCredential=NAME:FILE;");
        page.macro("It").text("password: \"${NAME}\", a variable of the environment.");
        page.macro("El");
    }

    private void topKey(Key key) {
        page.macro("Ss", key.name()).text(sentences(key));
        if (!key.keys().all().isEmpty()) {
            page.macro("Bl", "-tag", "-width", "Ds");
            String below = key.name() + (key.form() == Key.Form.SECTIONS ? "[]." : ".");
            key.keys()
                    .forEach((path, inner) -> page.macro("It", ".Ic", below + path, ".Pq", inner.type())
                            .text(sentences(inner)));
            page.macro("El");
        }
    }

    private static String sentences(Key key) {
        String choices = key.choices().isEmpty()
                ? ""
                : (key.form() == Key.Form.LIST ? " Any of: " : " One of: ") + String.join(", ", key.choices()) + ".";
        return key.description()
                + choices
                + switch (key.absent()) {
                    case Absent.Required() -> " Required.";
                    case Absent.Default(String value) -> " Default: " + value + ".";
                    case Absent.Otherwise(String words) -> " Without it: " + words + ".";
                    case Absent.Nothing() -> "";
                };
    }

    private void surroundings() {
        page.macro("Sh", "FILES").macro("Bl", "-tag", "-width", "Ds");
        page.macro("It", ".Pa", "/etc/sertsynk/sertsynk.yaml").text("The configuration, unless another is named.");
        page.macro("El");
        page.macro("Sh", "EXAMPLES").literal("""
            environment: test
            register:
              soap: {username: your-account, passwordFile: register.password}
            parties:
              - herId: 93238
            trust: {anchors: [trust]}
            keystores:
              - name: dit
                path: /var/lib/sertsynk/keystores/dit.p12
                passwordFile: keystore.password
            state: /var/lib/sertsynk
            """);
        page.macro("Sh", "SEE ALSO").macro("Xr", "sertsynk", "1");
    }
}
