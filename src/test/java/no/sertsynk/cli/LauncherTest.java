package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.sertsynk.cli.ProgramProcess.Ended;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start script, with Java homes that only tell how they were called. */
class LauncherTest {
    private static final Path SCRIPT = Path.of("src/main/dist/bin/sertsynk");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    /** A distribution at that place, whose script looks for Java under the folder {@code jvm} and not on this system. */
    private Path install(String place) throws IOException {
        Path home = folder.resolve(place);
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Files.createDirectories(folder.resolve("jvm"));
        Files.writeString(home.resolve("lib/a.jar"), "");
        Files.writeString(home.resolve("lib/b.jar"), "");
        Path script = home.resolve("bin/sertsynk");
        String text = Files.readString(SCRIPT);
        assertThat(text).contains("/usr/lib/jvm/*");
        Files.writeString(script, text.replace("/usr/lib/jvm/*", "'" + folder.resolve("jvm") + "'/*"));
        executable(script);
        Files.createDirectories(folder.resolve("path"));
        for (String tool : List.of("readlink", "uname")) {
            Path wrapper = folder.resolve("path").resolve(tool);
            Files.writeString(wrapper, "#!/bin/sh\nexec /usr/bin/" + tool + " \"$@\"\n");
            executable(wrapper);
        }
        environment.put("PATH", folder.resolve("path").toString());
        return script;
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path java(String place, String version) throws IOException {
        Path home = folder.resolve(place);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(
                home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        Path program = home.resolve("bin/java");
        Files.writeString(program, "#!/bin/sh\necho \"home $0\"\nfor each in \"$@\"; do echo \"<$each>\"; done\n");
        executable(program);
        return home;
    }

    private Ended run(String shell, Path script, String... arguments) throws Exception {
        Path program = Path.of("/bin").resolve(shell);
        assumeTrue(Files.isExecutable(program), "skipped: " + shell + " is not installed");
        java.util.ArrayList<String> command = new java.util.ArrayList<>(List.of(program.toString(), script.toString()));
        command.addAll(List.of(arguments));
        return ProgramProcess.run(command, environment);
    }

    private void expectRefused(Ended ended, String told) {
        assertThat(ended.code()).as(ended.toString()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .startsWith("sertsynk: ")
                .contains(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void noJava_isToldInOneLine(String shell) throws Exception {
        Path script = install("dist");
        java("jvm/java-17", "17.0.9");
        java("jvm/java-8", "1.8.0_402");
        Files.createDirectories(folder.resolve("jvm/empty"));

        expectRefused(run(shell, script, "status"), "no Java 25 or newer was found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void namedJava_isTakenOrRefusedButNeverPassedOver(String shell) throws Exception {
        Path script = install("dist");
        Path wanted = java("mine", "25.0.1");
        java("jvm/java-25", "25");
        environment.put("SERTSYNK_JAVA_HOME", wanted.toString());
        assertThat(run(shell, script, "status").out()).startsWith("home " + wanted + "/bin/java\n");

        environment.put("SERTSYNK_JAVA_HOME", java("old", "21.0.2").toString());
        expectRefused(run(shell, script, "status"), "is no Java 25 or newer");
        environment.put("SERTSYNK_JAVA_HOME", folder.resolve("nothing").toString());
        expectRefused(run(shell, script, "status"), "is no Java 25 or newer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void java_isLookedForInOrder(String shell) throws Exception {
        Path script = install("dist");
        java("jvm/java-17", "17");
        Path system = java("jvm/java-26", "26-ea");
        assertThat(run(shell, script).out()).startsWith("home " + system);

        Path onPath = java("opt", "25");
        Files.createSymbolicLink(folder.resolve("path/java"), onPath.resolve("bin/java"));
        assertThat(run(shell, script).out()).startsWith("home " + onPath);

        environment.put("JAVA_HOME", folder.resolve("jvm/java-17").toString());
        assertThat(run(shell, script).out()).startsWith("home " + onPath);
        Path javaHome = java("home", "25.0.3");
        environment.put("JAVA_HOME", javaHome.toString());
        assertThat(run(shell, script).out()).startsWith("home " + javaHome);

        Path own = java("dist/runtime", "25");
        assertThat(run(shell, script).out()).startsWith("home " + own);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void blanksAndLinks_areEndured(String shell) throws Exception {
        Path script = install("a dist * here");
        Path java = java("a java [x]", "25");
        environment.put("SERTSYNK_JAVA_HOME", java.toString());
        Path absolute = Files.createSymbolicLink(folder.resolve("absolute"), script);
        Path relative = Files.createSymbolicLink(folder.resolve("relative"), Path.of("absolute"));
        String home = folder.resolve("a dist * here").toRealPath().toString();
        for (Path called : List.of(script, absolute, relative)) {
            Ended ended = run(shell, called, "inspect", "a b", "", "*", "ldap://x/?");

            assertThat(ended.code()).as(called.toString()).isZero();
            assertThat(ended.out())
                    .startsWith("home " + java + "/bin/java\n")
                    .contains("<" + home + "/lib/a.jar:" + home + "/lib/b.jar>")
                    .endsWith("<no.sertsynk.cli.Main>\n<inspect>\n<a b>\n<>\n<*>\n<ldap://x/?>\n");
            assertThat(ended.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void folderOfCdpath_doesNotLeadAstray(String shell) throws Exception {
        install("dist");
        environment.put("SERTSYNK_JAVA_HOME", java("java", "25").toString());
        Files.createDirectories(folder.resolve("elsewhere/dist/bin"));
        environment.put("CDPATH", folder.resolve("elsewhere").toString());
        Ended ended = ProgramProcess.run(
                List.of("/bin/sh", "-c", "cd '" + folder + "' && exec /bin/" + shell + " dist/bin/sertsynk x"),
                environment);

        assertThat(ended.out()).contains(folder.resolve("dist").toRealPath() + "/lib/a.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void options_arePartedAtBlanksAndNotExpanded(String shell) throws Exception {
        Path script = install("dist");
        environment.put("SERTSYNK_JAVA_HOME", java("java", "25").toString());
        environment.put("SERTSYNK_JAVA_OPTS", "-Xmx64m  -Da=/bin/*");

        assertThat(run(shell, script).out()).contains("<-Xmx64m>\n<-Da=/bin/*>\n<-cp>\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void cache_servesOnlyTheJavaAndThePlaceThatMadeIt(String shell) throws Exception {
        Path script = install("dist");
        Path java = java("java", "25");
        Path cache = folder.resolve("dist/lib/ask.aot");
        environment.put("SERTSYNK_JAVA_HOME", java.toString());
        environment.put("SERTSYNK_AOT_OUTPUT", cache.toString());
        assertThat(run(shell, script).out()).contains("<-XX:AOTCacheOutput=" + cache + ">");
        Files.writeString(cache, "made");
        environment.remove("SERTSYNK_AOT_OUTPUT");
        assertThat(run(shell, script).out()).contains("<-XX:AOTCache=" + cache.toRealPath() + ">");

        environment.put("SERTSYNK_JAVA_HOME", java("other", "25").toString());
        Ended other = run(shell, script);
        assertThat(other.out()).contains("home ").doesNotContain("AOTCache");
        assertThat(other.err()).isEmpty();

        environment.put("SERTSYNK_JAVA_HOME", java.toString());
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        assertThat(run(shell, script).out()).doesNotContain("AOTCache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void missingLibraries_areToldInOneLine(String shell) throws Exception {
        Path script = install("dist");
        Files.delete(folder.resolve("dist/lib/a.jar"));
        Files.delete(folder.resolve("dist/lib/b.jar"));
        Files.delete(folder.resolve("dist/lib"));

        expectRefused(run(shell, script, "status"), "/lib is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void messagesOfTheJvm_goToStandardError(String shell) throws Exception {
        Path script = install("dist");
        environment.put("SERTSYNK_JAVA_HOME", java("java", "25").toString());

        assertThat(run(shell, script).out()).contains("<-Xlog:disable>\n<-Xlog:all=error:stderr>\n");
    }
}
