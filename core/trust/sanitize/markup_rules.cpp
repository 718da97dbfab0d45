#include "core/trust/sanitize/markup_rules.h"

#include "core/base/text.h"
#include "core/trust/sanitize/css_style.h"
#include "core/trust/sanitize/link_target.h"

#include <algorithm>
#include <array>

namespace ephor::sanitize {

namespace {

bool contains(const auto& names, const std::string_view name)
{
    return std::ranges::find(names, name) != std::ranges::end(names);
}

// HTML Standard §15.3.1 and what holds programs or their data: sent, and shown by no browser.
constexpr std::string_view neverShown[] = {"script", "style", "template", "noscript", "noembed", "noframes"};

// They run, load or lay another page over this one; what is within is theirs.
constexpr std::string_view acting[] = {"script", "style", "iframe", "object", "embed", "applet", "svg", "math",
    "template", "noscript", "noembed", "noframes", "frameset", "portal", "audio", "video", "canvas", "fencedframe"};

// They act by themselves, or ask a person for something; what is within is text.
constexpr std::string_view unwrapped[] = {"form", "input", "button", "textarea", "select", "option", "optgroup",
    "datalist", "base", "link", "meta", "frame", "param", "source", "track", "keygen", "isindex", "marquee", "dialog",
    "plaintext", "xmp", "listing", "command", "bgsound", "layer", "ilayer", "xml", "image", "slot", "map", "area",
    "menuitem", "output", "fieldset", "html", "head", "body"};

constexpr std::string_view linking[] = {"href", "src", "srcset", "poster", "cite", "background"};

constexpr std::string_view harmless[]
    = {"alt", "title", "class", "id", "name", "width", "height", "align", "valign", "colspan", "rowspan", "scope",
        "headers", "lang", "dir", "role", "start", "type", "value", "reversed", "datetime", "border", "cellpadding",
        "cellspacing", "bgcolor", "color", "face", "size", "sizes", "span", "summary", "abbr", "rel", "target", "open",
        "hspace", "vspace", "label", "for", "char", "loading", "decoding", "nowrap", "compact", "hidden"};

// Read to nobody who sees the page.
constexpr std::string_view unseenAttributes[] = {"alt", "title", "aria-label", "aria-description",
    "aria-roledescription", "aria-valuetext", "placeholder", "summary", "abbr", "content", "label", "longdesc"};

// CommonMark §4.6, start conditions 1 and 6.
constexpr std::string_view rawBlocks[] = {"script", "pre", "style", "textarea", "address", "article", "aside", "base",
    "basefont", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5",
    "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link", "main", "menu", "menuitem", "nav",
    "noframes", "ol", "optgroup", "option", "p", "param", "search", "section", "source", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "title", "tr", "track", "ul"};

bool isHiddenElement(const HtmlTag& tag)
{
    if (tag.find("hidden") != nullptr)
        return true;
    if (const TagAttribute* const type = tag.find("type");
        tag.name == "input" && type != nullptr && lowerAscii(type->value) == "hidden")
        return true;
    const TagAttribute* const style = tag.find("style");
    return style != nullptr && CssStyle(style->value).hides();
}

std::optional<RemovalKind> riskOf(const LinkTarget& target)
{
    switch (target.risk) {
    case LinkRisk::None:
        return std::nullopt;
    case LinkRisk::External:
        return RemovalKind::ExternalLink;
    case LinkRisk::Active:
        break;
    }
    return RemovalKind::ActiveContent;
}

std::optional<RemovalKind> linkRemoval(const TagAttribute& attribute, const AllowedHosts& allowed)
{
    if (attribute.name != "srcset")
        return riskOf(linkTarget(attribute.value, LinkSpelling::Attribute, allowed));
    // Several addresses, each with a width. Commas may stand in addresses too, where a cut finds nothing that leads
    // out.
    for (const std::string_view candidate : split(attribute.value, ','))
        if (const auto risk = riskOf(linkTarget(candidate, LinkSpelling::Attribute, allowed)))
            return risk;
    return std::nullopt;
}

}

ElementVerdict elementVerdict(const HtmlTag& tag, const Sink sink)
{
    const bool renders = sink != Sink::Model;
    if (renders && contains(acting, tag.name))
        return {ElementFate::Removed, RemovalKind::ActiveContent};
    if (contains(neverShown, tag.name) || isHiddenElement(tag))
        return {ElementFate::Removed, RemovalKind::HiddenMarkup};
    if (renders && contains(unwrapped, tag.name))
        return {ElementFate::Unwrapped, RemovalKind::ActiveContent};
    return {};
}

std::optional<RemovalKind> attributeRemoval(const TagAttribute& attribute, const Sink sink, const AllowedHosts& allowed)
{
    if (sink == Sink::Model) {
        const bool unseen = contains(unseenAttributes, attribute.name) || attribute.name.starts_with("data-");
        return unseen && !trim(attribute.value).empty() ? std::optional(RemovalKind::HiddenMarkup) : std::nullopt;
    }
    if (attribute.name == "style")
        return CssStyle(attribute.value).reachesOut(allowed) ? std::optional(RemovalKind::ExternalLink) : std::nullopt;
    if (contains(linking, attribute.name))
        return linkRemoval(attribute, allowed);
    const bool known = contains(harmless, attribute.name) || attribute.name.starts_with("aria-");
    const bool acts = attribute.name.starts_with("on") || attribute.hasValue;
    return !known && acts ? std::optional(RemovalKind::ActiveContent) : std::nullopt;
}

bool beginsRawBlock(const std::string_view name)
{
    return contains(rawBlocks, name);
}

}
