package no.sertsynk.model;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How entries of a keystore are named. Two parties, purposes or certificates get different aliases wherever the template
 * tells them apart by a placeholder: values that follow each other are separated by something that is in neither.
 */
public final class AliasTemplate {
    /** What the contract gives a keystore that says nothing. */
    public static final String DEFAULT_CURRENT = "her-{herId}-{purpose}";

    private static final String HER_ID = "herId";
    private static final String PURPOSE = "purpose";
    private static final String SERIAL = "serial";
    private static final String DIGEST = "sha256";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern LITERAL = Pattern.compile("[a-z0-9._-]*");
    private static final Pattern SEPARATOR = Pattern.compile(".*[^0-9a-f].*");
    private static final int SHORT_DIGEST = 8;

    private final String current;
    private final String parallel;
    private final Pattern currentForm;
    private final Pattern parallelForm;

    private AliasTemplate(String current, String parallel) {
        this.current = current;
        this.parallel = parallel;
        this.currentForm = form(current, "");
        this.parallelForm = form(parallel, "(-[0-9a-f]{" + SHORT_DIGEST + "})?");
    }

    /**
     * A template whose texts are in order.
     *
     * @param current with the placeholders {@code {herId}} and {@code {purpose}}
     * @param parallel with {@code {serial}} or {@code {sha256}} besides; by default the current one with the serial behind
     * @throws IllegalArgumentException if {@link #currentProblem} or {@link #parallelProblem} finds one
     */
    public static AliasTemplate of(String current, Optional<String> parallel) {
        currentProblem(current).or(() -> parallelProblem(current, parallel)).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return new AliasTemplate(current, parallel.orElseGet(() -> defaultParallel(current)));
    }

    private static String defaultParallel(String current) {
        return current + "-{" + SERIAL + "}";
    }

    /** What is wrong with the template of current aliases: what was expected, and what was found. */
    public static Optional<String> currentProblem(String text) {
        return problem(text, Set.of(HER_ID, PURPOSE));
    }

    /** What is wrong with the template of parallel aliases beside one of current aliases that is in order. */
    public static Optional<String> parallelProblem(String current, Optional<String> given) {
        String text = given.orElseGet(() -> defaultParallel(current));
        Optional<String> problem = problem(text, Set.of(HER_ID, PURPOSE, SERIAL, DIGEST));
        if (problem.isPresent()) {
            return problem;
        }
        if (!has(text, SERIAL) && !has(text, DIGEST)) {
            return Optional.of("expected {serial} or {sha256}, so that two certificates do not share a name, found '"
                    + text + "'");
        }
        for (String name : Set.of(HER_ID, PURPOSE)) {
            if (has(current, name) && !has(text, name)) {
                return Optional.of("expected {" + name + "} as in the alias of the current one, found '" + text + "'");
            }
        }
        AliasTemplate both = new AliasTemplate(current, text);
        String sample = both.current(new HerId(1), Purpose.ENCRYPTION);
        return both.parallelForm.matcher(sample).matches()
                ? Optional.of("expected a form that no current alias has, found that '" + sample + "' fits both")
                : Optional.empty();
    }

    private static Optional<String> problem(String text, Set<String> allowed) {
        Set<String> seen = new HashSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        int end = 0;
        while (matcher.find()) {
            String literal = text.substring(end, matcher.start());
            String name = matcher.group(1);
            if (!allowed.contains(name)) {
                return Optional.of("expected the placeholders "
                        + allowed.stream()
                                .sorted()
                                .map(each -> "{" + each + "}")
                                .collect(Collectors.joining(", "))
                        + ", found {" + name + "}");
            }
            if (!seen.add(name)) {
                return Optional.of("expected each placeholder once, found {" + name + "} again in '" + text + "'");
            }
            if (seen.size() > 1 && !SEPARATOR.matcher(literal).matches()) {
                return Optional.of("expected something like '-' between two placeholders, so that their values"
                        + " cannot run together, found '" + text + "'");
            }
            end = matcher.end();
        }
        String literals = PLACEHOLDER.matcher(text).replaceAll("");
        return text.isEmpty() || !LITERAL.matcher(literals).matches()
                ? Optional.of("expected lower-case letters, digits, '.', '_' and '-' beside the placeholders, found '"
                        + text + "'")
                : Optional.empty();
    }

    private static boolean has(String text, String name) {
        return text.contains("{" + name + "}");
    }

    private static Pattern form(String text, String suffix) {
        String words = Stream.of(Purpose.values()).map(Purpose::id).collect(Collectors.joining("|"));
        return Pattern.compile(filled(text, Pattern::quote, name -> switch (name) {
                    case HER_ID -> "(?<herId>[1-9][0-9]{0,8})";
                    case PURPOSE -> "(?<purpose>" + words + ")";
                    case SERIAL -> "-?[0-9a-f]+";
                    default -> "[0-9a-f]{64}";
                })
                + suffix);
    }

    private static String filled(String text, Function<String, String> literal, Function<String, String> value) {
        StringBuilder filled = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(text);
        int end = 0;
        while (matcher.find()) {
            filled.append(literal.apply(text.substring(end, matcher.start()))).append(value.apply(matcher.group(1)));
            end = matcher.end();
        }
        return filled.append(literal.apply(text.substring(end))).toString();
    }

    /** Whether the aliases of two parties differ. */
    public boolean tellsParties() {
        return has(current, HER_ID);
    }

    /** Whether the aliases of two purposes of a party differ. */
    public boolean tellsPurposes() {
        return has(current, PURPOSE);
    }

    /** The alias of the current certificate. */
    public String current(HerId herId, Purpose purpose) {
        return filled(current, Function.identity(), name -> name.equals(HER_ID) ? herId.toString() : purpose.id());
    }

    /** The alias of a parallel certificate. */
    public String parallel(HerId herId, Purpose purpose, PartnerCertificate certificate) {
        return filled(parallel, Function.identity(), name -> switch (name) {
            case HER_ID -> herId.toString();
            case PURPOSE -> purpose.id();
            case SERIAL -> certificate.serialHex();
            default -> certificate.sha256().hex();
        });
    }

    /** The alias of a parallel certificate where two issuers used one serial number. */
    public String parallelWithDigest(HerId herId, Purpose purpose, PartnerCertificate certificate) {
        return parallel(herId, purpose, certificate) + "-"
                + certificate.sha256().hex().substring(0, SHORT_DIGEST);
    }

    /**
     * What an alias says about its entry.
     *
     * @param herId empty if the template does not tell parties apart
     * @param purpose empty if it does not tell purposes apart
     */
    public record Owner(Optional<HerId> herId, Optional<Purpose> purpose, boolean isCurrent) {}

    /** Whose the alias is; empty if this template could not have given it. */
    public Optional<Owner> owner(String alias) {
        Matcher matcher = currentForm.matcher(alias);
        if (matcher.matches()) {
            return owner(matcher, current, true);
        }
        matcher = parallelForm.matcher(alias);
        return matcher.matches() ? owner(matcher, parallel, false) : Optional.empty();
    }

    private static Optional<Owner> owner(Matcher matcher, String text, boolean isCurrent) {
        Optional<HerId> herId = has(text, HER_ID) ? HerId.parse(matcher.group(HER_ID)) : Optional.empty();
        Optional<Purpose> purpose = has(text, PURPOSE) ? Purpose.parse(matcher.group(PURPOSE)) : Optional.empty();
        return Optional.of(new Owner(herId, purpose, isCurrent));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AliasTemplate that && current.equals(that.current) && parallel.equals(that.parallel);
    }

    @Override
    public int hashCode() {
        return 31 * current.hashCode() + parallel.hashCode();
    }

    @Override
    public String toString() {
        return current + ", " + parallel;
    }
}
