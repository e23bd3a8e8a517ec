package no.sertsynk.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import no.sertsynk.config.Configuration.Directories;
import no.sertsynk.config.Configuration.EndedService;
import no.sertsynk.config.Configuration.KeystoreSection;
import no.sertsynk.config.Configuration.Network;
import no.sertsynk.config.Configuration.Party;
import no.sertsynk.config.Configuration.RegisterSection;
import no.sertsynk.config.Configuration.Revocation;
import no.sertsynk.config.Configuration.Rollover;
import no.sertsynk.config.Configuration.Trust;
import no.sertsynk.config.Configuration.Validation;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Purpose;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads a configuration file and tells every mistake at once, each with its place. */
public final class ConfigurationReader {
    private static final long MAX_BYTES = 1024 * 1024;
    private static final Map<String, String> SOAP_URLS = Map.of(
            "test", "https://ws-web.test.nhn.no/v1/AR/Basic",
            "production", "https://ws.nhn.no/v1/AR/Basic");

    private static final List<String> REVOCATION_ORDER = List.of("crl", "ocsp");

    private final Mistakes mistakes;
    private final Values values;

    private ConfigurationReader(Path file, Function<String, Optional<String>> environment) {
        this.mistakes = new Mistakes(file);
        Path folder = file.toAbsolutePath().getParent();
        this.values = new Values(mistakes, folder == null ? file.toAbsolutePath() : folder, environment);
    }

    /**
     * Reads the file.
     *
     * @param environment looks up environment variables that the file names
     */
    public static ConfigurationResult read(Path file, Function<String, Optional<String>> environment) {
        ConfigurationReader reader = new ConfigurationReader(file, environment);
        Optional<Configuration> configuration = reader.compose(file).flatMap(reader::bind);
        return configuration.isPresent() && reader.mistakes.isEmpty()
                ? new ConfigurationResult.Loaded(configuration.get(), List.of())
                : new ConfigurationResult.Refused(reader.mistakes.inOrder());
    }

    private Optional<Node> compose(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                mistakes.add(0, 0, "expected a configuration file at " + file + ", found none; name it with --config");
                return Optional.empty();
            }
            if (Files.size(file) > MAX_BYTES) {
                mistakes.add(0, 0, "expected at most " + MAX_BYTES + " bytes, found " + Files.size(file));
                return Optional.empty();
            }
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(String.valueOf(file.getFileName()))
                    .setMaxAliasesForCollections(0)
                    .setAllowDuplicateKeys(true)
                    .setCodePointLimit((int) MAX_BYTES)
                    .build();
            Optional<Node> root = new Compose(settings).composeString(Files.readString(file, StandardCharsets.UTF_8));
            if (root.isEmpty()) {
                mistakes.add(1, 1, "expected register and state, found an empty file");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(0);
            mistakes.add(line, column, "expected YAML, found that it " + e.getProblem());
            return Optional.empty();
        } catch (YamlEngineException | IOException | StackOverflowError e) {
            mistakes.add(0, 0, "expected YAML in UTF-8, found: " + e);
            return Optional.empty();
        }
    }

    private Optional<Configuration> bind(Node rootNode) {
        Section root = new Section("", rootNode, mistakes);
        String environment =
                values.oneOf(root, "environment", List.of("test", "production")).orElse("production");
        Optional<RegisterSection> register = register(root, environment);
        Optional<List<Party>> parties = parties(root);
        Directories directories = directories(root);
        Network network = network(root);
        Optional<Trust> trust = root.section("trust").map(this::trust);
        Validation validation = validation(root);
        Revocation revocation = revocation(root);
        Optional<List<KeystoreSection>> keystores = keystores(root, parties);
        Rollover rollover = rollover(root);
        Optional<Path> state = values.path(root, "state");
        root.ignore("services", "schedule", "admin");
        root.finish();
        require(root, "register", register.isPresent() || root.has("register"));
        require(root, "state", root.has("state"));
        if (register.isEmpty() || state.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Configuration(
                environment,
                register.get(),
                parties,
                directories,
                network,
                trust,
                validation,
                revocation,
                keystores,
                rollover,
                state.get()));
    }

    private void require(Section section, String key, boolean present) {
        if (!present) {
            mistakes.add(section.node(), section.at(key) + ": expected this key, found none");
        }
    }

    private Optional<RegisterSection> register(Section root, String environment) {
        return root.section("register").map(section -> {
            String source = values.oneOf(section, "source", List.of("soap", "cpapi", "file"))
                    .orElse("soap");
            Duration timeout = values.duration(section, "timeout").orElse(Duration.ofSeconds(10));
            section.ignore("cpapi", "file");
            Optional<Section> soap = section.section("soap");
            URI url = soap.flatMap(inner -> values.uri(inner, "url", List.of("https", "http")))
                    .orElse(URI.create(SOAP_URLS.getOrDefault(environment, "")));
            soap.ifPresent(inner -> {
                if ("http".equals(url.getScheme()) && !isLoopback(url.getHost())) {
                    inner.value("url")
                            .ifPresent(node -> mistakes.add(
                                    node, inner.at("url") + ": expected https, since a password is sent, found http"));
                }
            });
            String username = soap.flatMap(inner -> inner.text("username")).orElse("");
            var password = soap.flatMap(inner -> values.secret(inner, "password"));
            soap.ifPresent(Section::finish);
            section.finish();
            if (source.equals("soap") && (username.isEmpty() || soap.isEmpty())) {
                mistakes.add(section.node(), section.at("soap") + ": expected username and passwordFile, found none");
            } else if (source.equals("soap")
                    && soap.isPresent()
                    && !soap.get().has("password")
                    && !soap.get().has("passwordFile")) {
                mistakes.add(soap.get().node(), section.at("soap.passwordFile") + ": expected this key, found none");
            }
            return new RegisterSection(source, url, username, password, timeout);
        });
    }

    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return host.matches("[0-9.]+|\\[.*]") && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private Optional<List<Party>> parties(Section root) {
        return root.nodes("parties").map(nodes -> {
            List<Party> parties = new ArrayList<>();
            Set<HerId> seen = new HashSet<>();
            int index = 0;
            for (Node node : nodes) {
                Section section = new Section("parties[" + index++ + "]", node, mistakes);
                Optional<HerId> herId = section.text("herId").flatMap(text -> herId(section, text));
                Optional<OrganizationNumber> number = section.text("organizationNumber")
                        .flatMap(text -> {
                            Optional<OrganizationNumber> read = OrganizationNumber.parse(text);
                            if (read.isEmpty()) {
                                section.value("organizationNumber")
                                        .ifPresent(value -> mistakes.add(
                                                value,
                                                section.at("organizationNumber") + ": expected nine digits, found '"
                                                        + text + "'"));
                            }
                            return read;
                        });
                require(section, "herId", section.has("herId"));
                section.finish();
                herId.ifPresent(id -> {
                    if (!seen.add(id)) {
                        mistakes.add(node, section.at("herId") + ": expected each party once, found " + id + " again");
                    }
                    parties.add(new Party(id, number));
                });
            }
            return parties;
        });
    }

    private Optional<HerId> herId(Section section, String text) {
        Optional<HerId> read = HerId.parse(text);
        if (read.isEmpty()) {
            section.value("herId")
                    .ifPresent(node -> mistakes.add(
                            node,
                            section.at("herId") + ": expected a HER-id (a positive number), found '" + text + "'"));
        }
        return read;
    }

    private Directories directories(Section root) {
        Optional<Section> section = root.section("directories");
        Map<String, URI> hostMap = new LinkedHashMap<>();
        Optional<Section> map = section.flatMap(inner -> inner.section("hostMap"));
        map.ifPresent(inner -> inner.entries().forEach((host, node) -> {
            String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
            Optional<URI> uri = Values.uri(text, List.of("ldap", "ldaps"));
            if (uri.isEmpty()) {
                mistakes.add(
                        node,
                        inner.at(host) + ": expected an address such as ldap://127.0.0.1:3890, found '" + text + "'");
            }
            uri.ifPresent(target -> hostMap.put(host.toLowerCase(java.util.Locale.ROOT), target));
        }));
        Directories directories = new Directories(
                section.flatMap(inner -> inner.scalars("allow"))
                        .map(hosts -> hosts.stream().map(ScalarNode::getValue).toList()),
                hostMap,
                section.flatMap(inner -> values.integer(inner, "connectionsPerHost", 1, 32))
                        .orElse(2),
                section.flatMap(inner -> values.duration(inner, "timeout")).orElse(Duration.ofSeconds(10)));
        section.ifPresent(Section::finish);
        return directories;
    }

    private Network network(Section root) {
        Optional<Section> section = root.section("network");
        Network network = new Network(
                section.flatMap(inner -> values.uri(inner, "proxy", List.of("http"))),
                texts(section, "noProxy"),
                section.flatMap(inner -> values.path(inner, "caFile")));
        section.ifPresent(Section::finish);
        return network;
    }

    private static List<String> texts(Optional<Section> section, String key) {
        return section.flatMap(inner -> inner.scalars(key))
                .map(nodes -> nodes.stream().map(ScalarNode::getValue).toList())
                .orElse(List.of());
    }

    private Trust trust(Section section) {
        Trust trust = new Trust(
                texts(Optional.of(section), "anchors").stream()
                        .map(values::path)
                        .toList(),
                texts(Optional.of(section), "intermediates").stream()
                        .map(values::path)
                        .toList());
        section.finish();
        return trust;
    }

    private Validation validation(Section root) {
        Optional<Section> section = root.section("validation");
        Validation validation = new Validation(
                section.flatMap(inner -> values.oneOf(inner, "organization", List.of("require", "remember", "report")))
                        .orElse("remember"),
                section.flatMap(inner -> values.integer(inner, "minimumRsaBits", 1024, 16_384))
                        .orElse(2048));
        section.ifPresent(Section::finish);
        return validation;
    }

    private Revocation revocation(Section root) {
        Optional<Section> section = root.section("revocation");
        Revocation revocation = new Revocation(
                section.flatMap(inner -> values.oneOf(inner, "mode", List.of("require", "prefer", "off")))
                        .orElse("require"),
                texts(section, "allow"),
                section.flatMap(inner -> values.duration(inner, "maxStale")).orElse(Duration.ofHours(24)),
                section.map(this::revocationOrder).orElse(REVOCATION_ORDER),
                section.flatMap(inner -> values.duration(inner, "clockSkew")).orElse(Duration.ofMinutes(5)),
                section.flatMap(inner -> values.duration(inner, "recheck")).orElse(Duration.ZERO),
                section.flatMap(inner -> inner.nodes("ended").map(this::endedServices))
                        .orElse(List.of()));
        section.ifPresent(Section::finish);
        return revocation;
    }

    private List<String> revocationOrder(Section section) {
        List<String> order = section.scalars("order")
                .map(nodes -> nodes.stream().map(ScalarNode::getValue).toList())
                .orElse(REVOCATION_ORDER);
        if (order.isEmpty() || !REVOCATION_ORDER.containsAll(order) || new HashSet<>(order).size() < order.size()) {
            section.value("order")
                    .ifPresent(node -> mistakes.add(
                            node, section.at("order") + ": expected crl, ocsp or both, each once, found " + order));
        }
        return order;
    }

    private List<EndedService> endedServices(List<Node> nodes) {
        List<EndedService> ended = new ArrayList<>();
        int index = 0;
        for (Node node : nodes) {
            Section section = new Section("revocation.ended[" + index++ + "]", node, mistakes);
            require(section, "issuer", section.has("issuer"));
            require(section, "since", section.has("since"));
            Optional<String> issuer = values.issuer(section, "issuer");
            Optional<Instant> since = values.date(section, "since");
            section.finish();
            if (issuer.isPresent() && since.isPresent()) {
                ended.add(new EndedService(issuer.get(), since.get()));
            }
        }
        return ended;
    }

    private Rollover rollover(Section root) {
        Optional<Section> section = root.section("rollover");
        Optional<Duration> keep = section.filter(inner ->
                        !inner.text("keepPrevious").orElse("until-expiry").equals("until-expiry"))
                .flatMap(inner -> values.duration(inner, "keepPrevious"));
        int percent = section.flatMap(inner -> inner.text("maxChange").flatMap(text -> {
                    if (text.matches("[0-9]{1,3}%") && Integer.parseInt(text.substring(0, text.length() - 1)) <= 100) {
                        return Optional.of(Integer.valueOf(text.substring(0, text.length() - 1)));
                    }
                    inner.value("maxChange")
                            .ifPresent(node -> mistakes.add(
                                    node, inner.at("maxChange") + ": expected 0% to 100%, found '" + text + "'"));
                    return Optional.empty();
                }))
                .orElse(50);
        section.ifPresent(Section::finish);
        return new Rollover(keep, percent);
    }

    private Optional<List<KeystoreSection>> keystores(Section root, Optional<List<Party>> parties) {
        return root.nodes("keystores").map(nodes -> {
            List<KeystoreSection> keystores = new ArrayList<>();
            Set<String> names = new HashSet<>();
            Set<Path> paths = new HashSet<>();
            int index = 0;
            for (Node node : nodes) {
                Section section = new Section("keystores[" + index++ + "]", node, mistakes);
                keystore(section, parties).ifPresent(keystore -> {
                    if (!names.add(keystore.name())) {
                        mistakes.add(
                                node,
                                section.at("name") + ": expected each name once, found " + keystore.name() + " again");
                    }
                    if (!paths.add(real(keystore.path()))) {
                        mistakes.add(
                                node,
                                section.at("path") + ": expected a file of its own, found one that another"
                                        + " keystore has: " + keystore.path());
                    }
                    keystores.add(keystore);
                });
                section.finish();
            }
            return keystores;
        });
    }

    private static Path real(Path path) {
        try {
            if (Files.exists(path)) {
                return path.toRealPath();
            }
            Path folder = path.getParent();
            return folder != null && Files.exists(folder) ? folder.toRealPath().resolve(path.getFileName()) : path;
        } catch (IOException e) {
            // A path that cannot be resolved now is compared as it is written; opening it will tell what is wrong.
            return path;
        }
    }

    private Optional<KeystoreSection> keystore(Section section, Optional<List<Party>> parties) {
        require(section, "name", section.has("name"));
        require(section, "path", section.has("path"));
        String type = values.oneOf(section, "type", List.of("PKCS12", "JKS", "BCFKS", "PEM", "PEM_DIRECTORY"))
                .orElse("PKCS12");
        if (!type.equals("PKCS12") && !type.equals("PEM")) {
            section.value("type")
                    .ifPresent(node -> mistakes.add(
                            node, section.at("type") + ": this version writes PKCS12 and PEM, found " + type));
        }
        values.oneOf(section, "profile", List.of("modern", "legacy"));
        var password = values.secret(section, "password");
        if (!type.startsWith("PEM") && !section.has("password") && !section.has("passwordFile")) {
            mistakes.add(
                    section.node(), section.at("passwordFile") + ": expected a password for " + type + ", found none");
        }
        Set<Purpose> purposes = purposes(section);
        Optional<Set<HerId>> served = section.scalars("parties").map(nodes -> served(section, nodes, parties));
        String alias = section.text("alias").orElse("her-{herId}-{purpose}");
        checkAlias(section, alias);
        values.integer(section, "generations", 0, 1000);
        section.ignore("onChange");
        Optional<String> name = section.text("name");
        Optional<Path> path = values.path(section, "path");
        if (name.isEmpty() || path.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new KeystoreSection(name.get(), path.get(), type, password, purposes, served, alias));
    }

    private Set<Purpose> purposes(Section section) {
        Set<Purpose> purposes = new LinkedHashSet<>();
        Optional<List<ScalarNode>> nodes = section.scalars("purposes");
        if (nodes.isEmpty()) {
            return Set.of(Purpose.ENCRYPTION, Purpose.SIGNATURE);
        }
        for (ScalarNode node : nodes.get()) {
            Optional<Purpose> purpose = Purpose.parse(node.getValue());
            if (purpose.isEmpty()) {
                mistakes.add(
                        node,
                        section.at("purposes") + ": expected encryption, signature or authentication, found '"
                                + node.getValue() + "'");
            }
            purpose.ifPresent(purposes::add);
        }
        return purposes;
    }

    private Set<HerId> served(Section section, List<ScalarNode> nodes, Optional<List<Party>> parties) {
        Set<HerId> served = new LinkedHashSet<>();
        for (ScalarNode node : nodes) {
            Optional<HerId> herId = HerId.parse(node.getValue());
            boolean known = herId.isPresent()
                    && (parties.isEmpty()
                            || parties.get().stream()
                                    .anyMatch(party -> party.herId().equals(herId.get())));
            if (known) {
                served.add(herId.get());
            } else {
                mistakes.add(
                        node,
                        section.at("parties") + ": expected HER-ids that stand under parties, found '" + node.getValue()
                                + "'");
            }
        }
        return served;
    }

    private void checkAlias(Section section, String alias) {
        section.value("alias").ifPresent(node -> {
            String rest = alias.replace("{herId}", "").replace("{purpose}", "");
            if (!alias.contains("{herId}") || !alias.contains("{purpose}")) {
                mistakes.add(
                        node,
                        section.at("alias") + ": expected {herId} and {purpose}, so that no two entries share"
                                + " a name, found '" + alias + "'");
            } else if (!rest.matches("[a-z0-9._-]*")) {
                mistakes.add(
                        node,
                        section.at("alias") + ": expected lower-case letters, digits, '.', '_' and '-' beside"
                                + " {herId} and {purpose}, found '" + alias + "'");
            }
        });
    }
}
