package no.sertsynk.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import no.sertsynk.model.DistinguishedNames;
import no.sertsynk.model.Escape;
import no.sertsynk.model.PathStep;
import no.sertsynk.model.PathStep.Check;
import no.sertsynk.model.PathStep.Outcome;
import no.sertsynk.model.PathStep.Source;

/** A path for people: the anchor at the top, each certificate below its issuer, with what was checked of it. */
final class PathTree {
    private final Console console;
    private final Instant at;

    /** @param at the time of validation, from which the age of what it relies on is told */
    PathTree(Console console, Instant at) {
        this.console = console;
        this.at = at;
    }

    List<String> lines(List<PathStep> path) {
        List<String> lines = new ArrayList<>();
        String indent = "  ";
        for (PathStep step : path.reversed()) {
            boolean isTop = lines.isEmpty();
            lines.add(indent + (isTop ? "" : "└─ ") + title(step));
            String below = indent + (isTop ? "  " : "   ");
            addChecks(step, below, lines);
            indent = below;
        }
        return lines;
    }

    private String title(PathStep step) {
        String name = Escape.text(DistinguishedNames.text(step.certificate().getSubjectX500Principal()));
        String until = step.certificate().getNotAfter().toInstant().toString();
        return name + " "
                + console.faint(
                        step.isAnchor()
                                ? console.say("(trust anchor, until {0})", until)
                                : console.say(
                                        "(serial {0}, until {1})",
                                        step.certificate().getSerialNumber(), until));
    }

    private void addChecks(PathStep step, String indent, List<String> lines) {
        List<String> plain = new ArrayList<>();
        for (Check check : step.checks()) {
            if (check.outcome() == Outcome.PASSED
                    && check.detail().isEmpty()
                    && check.sources().isEmpty()) {
                plain.add(name(check));
            }
        }
        if (!plain.isEmpty()) {
            lines.add(indent + console.good("✓") + " " + String.join(", ", plain));
        }
        for (Check check : step.checks()) {
            if (check.outcome() != Outcome.PASSED
                    || !check.detail().isEmpty()
                    || !check.sources().isEmpty()) {
                addDetailed(check, indent, lines);
            }
        }
    }

    private void addDetailed(Check check, String indent, List<String> lines) {
        String mark = switch (check.outcome()) {
            case PASSED -> console.good("✓");
            case FAILED -> console.bad("✗");
            case UNKNOWN -> console.bad("?");
        };
        String detail = check.detail().isEmpty() ? "" : ": " + console.words(check.detail());
        lines.add(indent + mark + " " + name(check) + detail);
        for (Source source : check.sources()) {
            lines.add(indent + "    " + source(source));
        }
    }

    private String name(Check check) {
        return switch (check.kind()) {
            case ENCODING -> console.say("encoding");
            case SIGNATURE -> console.say("signature");
            case VALIDITY -> console.say("validity");
            case CONSTRAINTS -> console.say("constraints");
            case PROFILE -> console.say("organisation certificate");
            case REVOCATION -> console.say("revocation");
        };
    }

    private String source(Source source) {
        List<String> parts = new ArrayList<>();
        parts.add(console.words(source.what()) + " " + Escape.text(source.from()));
        parts.add(console.say("issued {0} ({1})", source.issuedAt(), age(Duration.between(source.issuedAt(), at))));
        source.nextAt().ifPresent(next -> parts.add(console.say("next by {0}", next)));
        if (source.isKept()) {
            parts.add(console.say("kept from an earlier run"));
        }
        return String.join(", ", parts);
    }

    private String age(Duration age) {
        if (age.abs().toDays() > 1) {
            return console.say("{0} days old", age.toDays());
        }
        return age.abs().toHours() > 0
                ? console.say("{0} h old", age.toHours())
                : console.say("{0} min old", age.toMinutes());
    }
}
