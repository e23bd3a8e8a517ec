package no.sertsynk.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import no.sertsynk.OtherProgram.Answer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The life of the Debian package on one host: installed, used, upgraded, removed, purged. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstallationIT {
    private static final Path TARGET = Path.of("target");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    private static @Nullable PrivateRoot host;

    @BeforeAll
    static void begin() throws Exception {
        host = PrivateRoot.open(folder);
        host.bring(Packages.of(TARGET, ".deb"), "sertsynk.deb");
    }

    @AfterAll
    static void end() throws Exception {
        if (host != null) {
            host.close();
        }
    }

    private static Answer run(String line) throws Exception {
        return Objects.requireNonNull(host).run(line);
    }

    /** What a line prints that has to succeed. */
    private static String done(String line) throws Exception {
        Answer answer = run(line);
        assertThat(answer.code()).as(line + ": " + answer.output()).isZero();
        return answer.output();
    }

    private static boolean exists(String path) throws Exception {
        return run("test -e " + path).code() == 0;
    }

    @Test
    @Order(1)
    void install_makesUserFoldersAndCaches() throws Exception {
        String told = done("dpkg -i /tmp/sertsynk.deb");

        assertThat(told).contains("edit /etc/sertsynk/sertsynk.yaml").doesNotContain("no AOT cache");
        assertThat(done("getent passwd sertsynk"))
                .contains(":/var/lib/sertsynk:")
                .contains("/nologin");
        assertThat(done("stat -c '%a %U %G' /etc/sertsynk /etc/sertsynk/sertsynk.yaml /etc/sertsynk/trust"
                        + " /var/lib/sertsynk /var/lib/sertsynk/keystores"))
                .isEqualTo("""
                    750 root sertsynk
                    644 root root
                    755 root root
                    750 sertsynk sertsynk
                    750 sertsynk sertsynk
                    """);
        assertThat(done("stat -c '%a %U %n' /usr/lib/sertsynk/lib/*.aot")).isEqualTo("""
            644 root /usr/lib/sertsynk/lib/ask.aot
            644 root /usr/lib/sertsynk/lib/work.aot
            """);
        assertThat(done("find /usr/lib/sertsynk ! -user root -o -perm /022 ! -type l"))
                .isEmpty();
        assertThat(done("grep ExecStart= /lib/systemd/system/sertsynk*.service"))
                .isEqualTo("""
                    /lib/systemd/system/sertsynk-sync.service:ExecStart=/usr/bin/sertsynk sync
                    /lib/systemd/system/sertsynk.service:ExecStart=/usr/bin/sertsynk daemon
                    """);
    }

    @Test
    @Order(2)
    void program_worksWithItsOwnJavaAsItsOwnUser() throws Exception {
        assertThat(done("ls /usr/lib/jvm")).isEmpty();
        assertThat(done("sertsynk --version")).startsWith("sertsynk ");
        String demo = done("cd / && setpriv --reuid sertsynk --regid sertsynk --clear-groups sertsynk demo");
        assertThat(demo).contains("keystore dit: ");
    }

    @Test
    @Order(2)
    void caches_areTakenByTheJavaThatMadeThem() throws Exception {
        // Java ends at once where it is told to use a cache that does not fit.
        for (String command : new String[] {"--version", "inspect ldap://ldap.example/"}) {
            Answer answer = run("SERTSYNK_JAVA_OPTS=-XX:AOTMode=on sertsynk " + command);
            assertThat(answer.output()).doesNotContain("AOT").isNotEmpty();
        }
        done("mv /usr/lib/sertsynk/lib/ask.aot /tmp/ask.aot && head -c 1000000 /tmp/ask.aot"
                + " >/usr/lib/sertsynk/lib/ask.aot");
        assertThat(run("SERTSYNK_JAVA_OPTS=-XX:AOTMode=on sertsynk --version").code())
                .isNotZero();
        done("mv /tmp/ask.aot /usr/lib/sertsynk/lib/ask.aot");
    }

    @Test
    @Order(2)
    void manualAndCompletions_areWhereTheyAreLookedFor() throws Exception {
        done("gzip -t /usr/share/man/man1/sertsynk.1.gz /usr/share/man/man5/sertsynk.yaml.5.gz");
        assertThat(done("bash -c '. /usr/share/bash-completion/completions/sertsynk; complete -p sertsynk'"))
                .contains("_sertsynk");
        assertThat(exists("/usr/share/zsh/vendor-completions/_sertsynk")).isTrue();
        assertThat(exists("/usr/share/fish/vendor_completions.d/sertsynk.fish")).isTrue();
    }

    @Test
    @Order(3)
    void upgrade_keepsTheConfigurationAndMakesNewCaches() throws Exception {
        done("echo '# mine' >>/etc/sertsynk/sertsynk.yaml && chmod 640 /etc/sertsynk/sertsynk.yaml"
                + " && chmod 700 /var/lib/sertsynk/keystores");
        done("for file in /var/lib/sertsynk/keystores/dit.p12 /var/lib/sertsynk/state.db /var/lib/sertsynk/admin.token"
                + " /etc/sertsynk/keystore.password; do echo kept >$file; done"
                + " && mkdir -p /var/lib/sertsynk/generations/dit && echo kept >/var/lib/sertsynk/generations/dit/1");
        done("echo old >/usr/lib/sertsynk/lib/ask.aot");
        done("cd /tmp && dpkg-deb -R sertsynk.deb next && sed -i 's/^Version: .*/Version: 999.1/' next/DEBIAN/control"
                + " && dpkg-deb -Zgzip -z1 -b next next.deb && rm -r next");
        done("dpkg -i /tmp/next.deb");

        assertThat(done("dpkg-query -W sertsynk")).contains("999.1");
        assertThat(done("tail -1 /etc/sertsynk/sertsynk.yaml")).isEqualTo("# mine\n");
        assertThat(done("stat -c %a /etc/sertsynk/sertsynk.yaml /var/lib/sertsynk/keystores"))
                .isEqualTo("640\n700\n");
        assertThat(done("cat /var/lib/sertsynk/keystores/dit.p12 /var/lib/sertsynk/state.db"))
                .isEqualTo("kept\nkept\n");
        assertThat(Integer.parseInt(
                        done("stat -c %s /usr/lib/sertsynk/lib/ask.aot").strip()))
                .isGreaterThan(1_000_000);
        assertThat(done("sertsynk --version")).startsWith("sertsynk ");
    }

    @Test
    @Order(4)
    void remove_leavesConfigurationAndKeystoresAlone() throws Exception {
        done("dpkg -r sertsynk");

        assertThat(exists("/usr/bin/sertsynk")).isFalse();
        assertThat(exists("/usr/lib/sertsynk")).isFalse();
        assertThat(done("cat /etc/sertsynk/keystore.password /var/lib/sertsynk/keystores/dit.p12"
                        + " /var/lib/sertsynk/state.db"))
                .isEqualTo("kept\nkept\nkept\n");
        assertThat(done("tail -1 /etc/sertsynk/sertsynk.yaml")).isEqualTo("# mine\n");
    }

    @Test
    @Order(5)
    void purge_takesTheStateAndTellsWhatStays() throws Exception {
        String told = done("dpkg -P sertsynk");

        assertThat(told)
                .contains(
                        "what lies in /var/lib/sertsynk stays",
                        "what lies in /etc/sertsynk stays",
                        "the user sertsynk");
        assertThat(done("cd / && find etc/sertsynk var/lib/sertsynk -type f | sort"))
                .isEqualTo("""
                    etc/sertsynk/keystore.password
                    var/lib/sertsynk/generations/dit/1
                    var/lib/sertsynk/keystores/dit.p12
                    """);
        assertThat(done("cat /var/lib/sertsynk/keystores/dit.p12")).isEqualTo("kept\n");
        assertThat(run("getent passwd sertsynk").code()).isZero();
    }

    @Test
    @Order(6)
    void purgeWithNothingToKeep_leavesNothing() throws Exception {
        done("rm -r /etc/sertsynk /var/lib/sertsynk && dpkg -i /tmp/sertsynk.deb && dpkg -P sertsynk");

        assertThat(exists("/etc/sertsynk")).isFalse();
        assertThat(exists("/var/lib/sertsynk")).isFalse();
        assertThat(run("getent passwd sertsynk").code()).isNotZero();
    }
}
