package no.sertsynk.directory;

import com.unboundid.ldap.sdk.Filter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Serial numbers in filters. Directories write {@code certificateSerialNumber} in decimal or in hexadecimal, and digits
 * alone can be either: they are read as decimal, and as hexadecimal too where a directory may write that.
 */
public enum SerialForms {
    /** Decimal only; anything else makes the search fail. */
    DECIMAL,
    /** Either; both are asked for at once. */
    BOTH,
    /** Not known; the string is sent unchanged, and both are asked for if that does not find all. */
    AS_WRITTEN;

    private static final String ATTRIBUTE = "certificateserialnumber";
    private static final int MAX_DIGITS = 60;

    static boolean isSerialTerm(Filter filter) {
        return filter.getFilterType() == Filter.FILTER_TYPE_EQUALITY
                && ATTRIBUTE.equals(filter.getAttributeName().toLowerCase(Locale.ROOT));
    }

    /** The serial numbers outside of which nothing can match; empty if there is no such bound. */
    static SortedSet<BigInteger> named(Filter filter) {
        return new TreeSet<>(bounds(filter).values());
    }

    /** Every reading of the serial numbers that a directory of this kind may mean, with the number that is named by it. */
    Map<BigInteger, BigInteger> readings(Filter filter) {
        Map<BigInteger, BigInteger> readings = new TreeMap<>();
        Map<String, BigInteger> bounds = bounds(filter);
        if (this != DECIMAL) {
            bounds.forEach((text, named) -> readings.put(new BigInteger(text, 16), named));
        }
        bounds.values().forEach(named -> readings.put(named, named));
        return readings;
    }

    /** Serial numbers by how they are written. */
    private static Map<String, BigInteger> bounds(Filter filter) {
        Map<String, BigInteger> bounds = new TreeMap<>();
        switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_EQUALITY -> {
                if (isSerialTerm(filter)) {
                    String text = filter.getAssertionValue().strip();
                    number(text).ifPresent(number -> bounds.put(text, number));
                }
            }
            case Filter.FILTER_TYPE_OR -> {
                for (Filter component : filter.getComponents()) {
                    Map<String, BigInteger> some = bounds(component);
                    if (some.isEmpty()) {
                        return Map.of();
                    }
                    bounds.putAll(some);
                }
            }
            case Filter.FILTER_TYPE_AND -> {
                for (Filter component : filter.getComponents()) {
                    if (bounds.isEmpty()) {
                        bounds.putAll(bounds(component));
                    }
                }
            }
            default -> {
                return Map.of();
            }
        }
        return bounds;
    }

    /** The number that the text writes: decimal if it is digits only, else hexadecimal. */
    static Optional<BigInteger> number(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return Optional.empty();
        }
        boolean decimal = true;
        for (int i = 0; i < text.length(); i++) {
            if (UrlText.hexDigit(text.charAt(i)) < 0) {
                return Optional.empty();
            }
            decimal &= UrlText.isDigit(text.charAt(i));
        }
        return Optional.of(new BigInteger(text, decimal ? 10 : 16));
    }

    /** The filters to send one after the other until all named serial numbers are found. */
    List<Filter> attempts(Filter filter) {
        Filter rewritten = rewritten(filter);
        return this == AS_WRITTEN && !rewritten.equals(filter) ? List.of(filter, rewritten) : List.of(rewritten);
    }

    private Filter rewritten(Filter filter) {
        return switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_EQUALITY -> isSerialTerm(filter) ? serialTerm(filter) : filter;
            case Filter.FILTER_TYPE_AND -> Filter.createANDFilter(components(filter));
            case Filter.FILTER_TYPE_OR -> Filter.createORFilter(components(filter));
            case Filter.FILTER_TYPE_NOT -> Filter.createNOTFilter(rewritten(filter.getNOTComponent()));
            default -> filter;
        };
    }

    private List<Filter> components(Filter filter) {
        List<Filter> components = new ArrayList<>();
        for (Filter component : filter.getComponents()) {
            Filter sent = rewritten(component);
            boolean flatten =
                    filter.getFilterType() == Filter.FILTER_TYPE_OR && sent.getFilterType() == Filter.FILTER_TYPE_OR;
            components.addAll(flatten ? List.of(sent.getComponents()) : List.of(sent));
        }
        return components;
    }

    private Filter serialTerm(Filter filter) {
        String written = filter.getAssertionValue().strip();
        Optional<BigInteger> number = number(written);
        if (number.isEmpty()) {
            return filter;
        }
        Set<String> forms = new LinkedHashSet<>();
        forms.add(number.get().toString());
        if (this != DECIMAL) {
            BigInteger hexadecimal = new BigInteger(written, 16);
            forms.add(written.toLowerCase(Locale.ROOT));
            forms.add(number.get().toString(16));
            forms.add(hexadecimal.toString(16));
            forms.add(hexadecimal.toString());
        }
        List<Filter> terms = new ArrayList<>();
        forms.forEach(form -> terms.add(Filter.createEqualityFilter(filter.getAttributeName(), form)));
        return terms.size() == 1 ? terms.getFirst() : Filter.createORFilter(terms);
    }
}
