package no.sertsynk.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import no.sertsynk.Promtool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The alert rules and the dashboard that come with the program. */
class ShippedFilesTest {
    private static final Path RULES = Path.of("config/prometheus/sertsynk.rules.yml");
    private static final Path DASHBOARD = Path.of("config/grafana/sertsynk.json");
    private static final Path RULE_TESTS =
            Path.of("src/test/resources/no/sertsynk/service/observe/sertsynk.rules.test.yml");
    private static final Pattern METRIC = Pattern.compile("\\bsertsynk_[a-z_]+");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** What may stand in a query: a histogram is asked for by its parts. */
    private static Set<String> known() {
        Set<String> known = new HashSet<>();
        for (Series series : Series.values()) {
            if (series.kind() == Series.Kind.HISTOGRAM) {
                known.addAll(
                        List.of(series.metric() + "_bucket", series.metric() + "_sum", series.metric() + "_count"));
            } else {
                known.add(series.metric());
            }
        }
        return known;
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new HashSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(matcher.groupCount()));
        }
        return found;
    }

    @Test
    void rules_useFiguresThatExist() throws Exception {
        assertThat(known()).containsAll(found(METRIC, Files.readString(RULES)));
    }

    @Test
    void dashboard_usesFiguresThatExistAndIsSound() throws Exception {
        String dashboard = Files.readString(DASHBOARD);
        assertThat(known()).containsAll(found(METRIC, dashboard));
        int expressions = 0;
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), dashboard)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME && parser.currentName().equals("expr")) {
                    parser.nextToken();
                    expressions++;
                    assertThat(parser.getString()).containsPattern(METRIC);
                }
            }
        }
        assertThat(expressions).isGreaterThan(15);
    }

    /** What nobody looks at need not be collected. */
    @Test
    void figures_areAllLookedAt() throws Exception {
        String shipped = Files.readString(RULES) + Files.readString(DASHBOARD);

        List<String> unused = Arrays.stream(Series.values())
                .map(Series::metric)
                .filter(metric -> !shipped.contains(metric))
                .toList();

        assertThat(unused)
                .containsExactlyInAnyOrder(
                        // For queries by hand: which certificate it is, how large lists grow, the same as next_update <
                        // now, how many days are left.
                        "sertsynk_service_old_off_timestamp_seconds",
                        "sertsynk_certificate_info",
                        "sertsynk_certificate_not_before_timestamp_seconds",
                        "sertsynk_crl_bytes",
                        "sertsynk_crl_stale");
    }

    @Test
    void dashboardsQueries_areUnderstoodByPrometheus() throws Exception {
        List<String> expressions = new ArrayList<>();
        try (JsonParser parser =
                new JsonFactory().createParser(ObjectReadContext.empty(), Files.readString(DASHBOARD))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME && parser.currentName().equals("expr")) {
                    parser.nextToken();
                    expressions.add(parser.getString());
                }
            }
        }
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        for (int i = 0; i < expressions.size(); i++) {
            rules.append("      - record: panel:expression:n").append(i).append("\n        expr: |\n          ");
            rules.append(expressions.get(i)).append('\n');
        }
        Path file = Files.writeString(folder.resolve("rules.yml"), rules);

        Promtool.Ended ended = Promtool.run(Path.of("/dev/null"), "check", "rules", file.toString());

        assertThat(ended.code()).as(ended.told()).isZero();
    }

    @Test
    void eachAlert_saysWhatItMeansAndWhatToDo() throws Exception {
        for (String alert : Files.readString(RULES).split("- alert: ")) {
            if (alert.startsWith("Sertsynk")) {
                String name = alert.lines().findFirst().orElse("");
                assertThat(alert)
                        .as(name)
                        .containsPattern("summary: \".{20,}\"")
                        .containsPattern("description: \".{20,}\"");
                assertThat(alert)
                        .as(name)
                        .containsPattern("runbook: \"Means .{40,}\"")
                        .containsPattern("severity: (warning|critical)");
            }
        }
    }

    @Test
    void eachAlert_isTestedFiringAndNotFiring() throws Exception {
        String tests = Files.readString(RULE_TESTS);
        for (String alert : found(ALERT, Files.readString(RULES))) {
            Set<Boolean> fires = Arrays.stream(tests.split("- name: "))
                    .filter(test -> test.contains("alertname: " + alert + "\n"))
                    .map(test -> !test.contains("exp_alerts: []"))
                    .collect(Collectors.toSet());
            assertThat(fires).as(alert).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void rules_doWhatTheirTestsSay() throws Exception {
        Path tests = Files.writeString(
                folder.resolve("tests.yml"),
                Files.readString(RULE_TESTS).replace("[RULES]", "[" + RULES.toAbsolutePath() + "]"));

        Promtool.Ended ended = Promtool.run(Path.of("/dev/null"), "test", "rules", tests.toString());

        assertThat(ended.code()).as(ended.told()).isZero();
        assertThat(ended.told()).contains("SUCCESS");
    }
}
