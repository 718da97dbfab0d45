#include "core/trust/cedar/completion.h"

#include "core/base/text.h"
#include "core/trust/cedar/completion_types.h"
#include "core/trust/cedar/escape.h"
#include "core/trust/cedar/extension.h"
#include "core/trust/cedar/limits.h"
#include "core/trust/cedar/name.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_set>

namespace ephor::cedar {

namespace {

// Of ids looked up in a store that may hold a million: the rest comes when more is typed.
constexpr std::size_t mostIdsGathered = 1'000;

struct Hint {
    std::string_view insert;
    std::string_view about;
};

constexpr std::array<Hint, 9> operators{
    {{"==", "is the same"}, {"!=", "is not the same"}, {"<", "is less"}, {"<=", "is at most"}, {">", "is more"},
        {">=", "is at least"}, {"&&", "and"}, {"||", "or"}, {"in", "is the entity, or in the group"}}};
constexpr std::array<Hint, 3> wordOperators{
    {{"has", "has an attribute"}, {"is", "is an entity of the type"}, {"like", "fits a pattern, where * is any text"}}};
constexpr std::array<Hint, 4> variables{{{"principal", "who asks"}, {"action", "what is asked for"},
    {"resource", "what it is done to"}, {"context", "the circumstances"}}};
constexpr std::array<Hint, 4> constructors{{{"decimal(", "a number with up to four decimals"},
    {"ip(", "an address or a range"}, {"datetime(", "a moment"}, {"duration(", "a span such as 1h30m"}}};
constexpr std::array<Hint, 5> temporalWords{{{"formerly", "such an event happened before"},
    {"previous", "the event just before was such"}, {"since", "one happened, and all after it are such"},
    {"count", "how many such events happened"}, {"sum", "of a value of each such event"}}};
constexpr std::array<Hint, 4> setMethods{
    {{"contains(", "has the member"}, {"containsAll(", "has all members of another"},
        {"containsAny(", "has a member of another"}, {"isEmpty()", "has no member"}}};
constexpr std::array<Hint, 2> tagMethods{{{"hasTag(", "has the tag"}, {"getTag(", "the tag's value"}}};
constexpr std::array<std::string_view, 18> extensionMethods{"lessThan", "lessThanOrEqual", "greaterThan",
    "greaterThanOrEqual", "isIpv4", "isIpv6", "isLoopback", "isMulticast", "isInRange", "offset", "durationSince",
    "toDate", "toTime", "toMilliseconds", "toSeconds", "toMinutes", "toHours", "toDays"};

bool goesOnFrom(std::string_view insert, std::string_view typed)
{
    return insert.size() >= typed.size() && lowerAscii(insert.substr(0, typed.size())) == lowerAscii(typed);
}

/// Gathers what may stand at one place.
class Completer {
public:
    Completer(const CompletionPlace& place, const CompletionSources& sources)
        : m_place(place)
        , m_sources(sources)
        , m_types(sources.schema, place)
        , m_end(place.tokens.size())
    {
    }

    std::vector<Completion> gather()
    {
        if (m_place.part == PolicyPart::Nowhere)
            return {};
        if (m_place.quoted)
            gatherQuoted();
        else if (m_place.part == PolicyPart::Head)
            gatherHead();
        else if (m_place.part == PolicyPart::Scope)
            gatherScope();
        else if (m_place.part == PolicyPart::AfterScope)
            gatherAfterScope();
        else
            gatherExpression();
        const auto order = [](const auto& entry) { return std::tie(entry.group, entry.completion.insert); };
        std::ranges::sort(m_found, {}, order);
        std::vector<Completion> choices;
        for (Entry& entry : m_found) {
            if (choices.size() < maximumCompletions)
                choices.push_back(std::move(entry.completion));
        }
        return choices;
    }

private:
    struct Entry {
        std::size_t group = 0;
        Completion completion;
    };

    void add(CompletionKind kind, std::string insert, std::string about)
    {
        const std::string_view shown = std::string_view(insert).substr(m_place.quoted ? 1 : 0);
        if (goesOnFrom(shown, m_place.typed) && m_seen.insert(insert).second)
            m_found.push_back({m_group, {kind, std::move(insert), std::move(about)}});
    }

    void addAll(CompletionKind kind, std::span<const Hint> hints)
    {
        ++m_group;
        for (const Hint& hint : hints)
            add(kind, std::string(hint.insert), std::string(hint.about));
    }

    const Token* back(std::size_t count) const { return m_end >= count ? &m_place.tokens[m_end - count] : nullptr; }
    bool endsWith(std::string_view text) const
    {
        const Token* const last = back(1);
        return last != nullptr && last->kind != TokenKind::String && last->text == text;
    }

    void gatherHead()
    {
        if (endsWith("@")) {
            for (const AnnotationHint& hint : m_sources.annotations)
                add(CompletionKind::Annotation, std::string(hint.name), std::string(hint.about));
            return;
        }
        static constexpr std::array<Hint, 2> effects{
            {{"permit", "allows what it fits"}, {"forbid", "denies what it fits, whatever permits it"}}};
        const bool done = endsWith("permit") || endsWith("forbid");
        if (!done)
            addAll(CompletionKind::Keyword, effects);
    }

    void gatherAfterScope()
    {
        static constexpr std::array<Hint, 2> conditions{
            {{"when", "only where the condition holds"}, {"unless", "only where it does not"}}};
        if (endsWith("when") || endsWith("unless")) {
            if (m_sources.grammar == Grammar::Temporal)
                add(CompletionKind::Keyword, "temporal", "over what happened before in the session");
            return;
        }
        addAll(CompletionKind::Keyword, conditions);
    }

    void gatherScope()
    {
        static constexpr std::array<std::string_view, 3> names{"principal", "action", "resource"};
        if (m_place.scopeSlot >= names.size())
            return;
        const bool action = m_place.scopeSlot == 1;
        if (m_place.slotStart == m_end) {
            add(CompletionKind::Variable, std::string(names[m_place.scopeSlot]), "a scope names all three, in order");
        } else if (endsWith(names[m_place.scopeSlot])) {
            add(CompletionKind::Keyword, "==", "is the same");
            add(CompletionKind::Keyword, "in", "is the entity, or in the group");
            if (!action)
                add(CompletionKind::Keyword, "is", "is an entity of the type");
        } else if (endsWith("::")) {
            gatherIds();
        } else if (action && (endsWith("==") || endsWith("in") || endsWith("[") || endsWith(","))) {
            gatherActions();
        } else if (endsWith("==") || endsWith("is")) {
            gatherTypes(m_types.entityTypes(m_place.scopeSlot));
        } else if (endsWith("in")) {
            gatherGroupTypes();
        } else if (!action && back(2) != nullptr && (back(2)->isWord("is") || back(2)->is("::"))) {
            add(CompletionKind::Keyword, "in", "is in the group too");
        }
    }

    void gatherTypes(const std::vector<Text>& types)
    {
        ++m_group;
        for (const Text& type : types)
            add(CompletionKind::EntityType, std::string(type.view), "entity type");
        if (types.empty())
            gatherAllTypes();
    }

    void gatherAllTypes()
    {
        ++m_group;
        if (m_sources.schema == nullptr)
            return;
        for (const SchemaEntityType& type : m_sources.schema->types())
            add(CompletionKind::EntityType, std::string(type.name.view), "entity type");
    }

    // What something may be in: the groups of its types, then the types themselves.
    void gatherGroupTypes()
    {
        const std::vector<Text> types = m_types.entityTypes(m_place.scopeSlot);
        std::unordered_set<Text, TextHash> groups;
        for (const Text& name : types) {
            if (const SchemaEntityType* const type = m_sources.schema->findType(name))
                groups.insert(type->ancestors.begin(), type->ancestors.end());
        }
        gatherTypes({groups.begin(), groups.end()});
        gatherTypes(types);
    }

    void gatherActions()
    {
        ++m_group;
        if (m_sources.schema == nullptr)
            return;
        for (const SchemaAction& action : m_sources.schema->actions()) {
            const bool group = action.principals.empty() && action.resources.empty();
            add(CompletionKind::Action, toText(*action.uid), group ? "group of actions" : "action");
        }
    }

    // The ids of the type before the colons, or what goes on in its namespace.
    void gatherIds()
    {
        std::size_t begin = 0;
        const std::string name = m_types.nameBefore(m_end - 1, begin);
        if (name.empty())
            return;
        ++m_group;
        if (m_sources.schema != nullptr) {
            gatherSchemaIds(name);
            for (const SchemaEntityType& type : m_sources.schema->types()) {
                if (type.name.view.starts_with(name + "::") && !m_place.quoted)
                    add(CompletionKind::EntityType, std::string(type.name.view.substr(name.size() + 2)), "entity type");
            }
        }
        if (m_sources.entities == nullptr)
            return;
        for (const Entity& entity : m_sources.entities->all()) {
            if (entity.uid->type.view == name && m_found.size() < mostIdsGathered)
                add(CompletionKind::Entity, quoted(entity.uid->id.view), name);
        }
    }

    void gatherSchemaIds(const std::string& name)
    {
        if (const SchemaEntityType* const type = m_sources.schema->findType(Text(name))) {
            for (const Text& choice : type->choices)
                add(CompletionKind::Entity, quoted(choice.view), name);
        }
        for (const SchemaAction& action : m_sources.schema->actions()) {
            if (action.uid->type.view == name)
                add(CompletionKind::Entity, quoted(action.uid->id.view), "action");
        }
    }

    void gatherQuoted()
    {
        const bool condition = m_place.part == PolicyPart::Condition || m_place.part == PolicyPart::TemporalCondition;
        if (endsWith("::"))
            gatherIds();
        else if (condition && (endsWith("[") || endsWith("has")))
            gatherAttributes(m_types.operandBefore(m_end - 1));
    }

    void gatherAttributes(const CompletionTypes::Types& types)
    {
        ++m_group;
        const bool dotted = endsWith(".");
        for (const Type* type : types) {
            for (const AttributeType& attribute : m_types.attributesOf(*type)) {
                const std::string_view name = attribute.name.view;
                const bool plain = isIdentifier(name) && !isReservedWord(name);
                if (dotted && !plain)
                    continue;
                add(CompletionKind::Attribute, plain && !m_place.quoted ? std::string(name) : quoted(name),
                    toText(*attribute.type) + (attribute.required ? "" : ", may be missing"));
            }
        }
    }

    void gatherMembers()
    {
        const CompletionTypes::Types types = m_types.operandBefore(m_end - 1);
        gatherAttributes(types);
        const auto open = [&](auto fits) { return types.empty() || std::ranges::any_of(types, fits); };
        if (open([](const Type* type) { return type->kind == TypeKind::Set; }))
            addAll(CompletionKind::Method, setMethods);
        if (open([&](const Type* type) { return m_types.tagsOf(*type) != nullptr; }))
            addAll(CompletionKind::Method, tagMethods);
        ++m_group;
        for (const std::string_view name : extensionMethods) {
            const ExtensionFunction* const function = findExtension(name);
            if (function == nullptr || !open([&](const Type* type) { return kindOf(type->kind) == function->first; }))
                continue;
            add(CompletionKind::Method, std::string(name) + (function->arity > 1 ? "(" : "()"),
                "gives a " + std::string(nameOf(function->result)));
        }
    }

    void gatherExpression()
    {
        if (endsWith("."))
            return gatherMembers();
        if (endsWith("has"))
            return gatherAttributes(m_types.operandBefore(m_end - 1));
        if (endsWith("::"))
            return gatherIds();
        if (endsWith("is"))
            return gatherAllTypes();
        if (endsWith("like"))
            return;
        if (endsOperand())
            return gatherOperators();
        gatherOperands();
    }

    bool endsOperand() const
    {
        const Token* const last = back(1);
        if (last == nullptr)
            return false;
        if (last->kind == TokenKind::Identifier)
            return !isReservedWord(last->text) || last->text == "true" || last->text == "false";
        return last->kind == TokenKind::String || last->kind == TokenKind::Number || last->is(")") || last->is("]");
    }

    void gatherOperators()
    {
        addAll(CompletionKind::Keyword, operators);
        addAll(CompletionKind::Keyword, wordOperators);
        const auto count = [this](std::string_view word) {
            return std::ranges::count_if(m_place.tokens, [&](const Token& token) { return token.isWord(word); });
        };
        if (count("if") > count("then"))
            add(CompletionKind::Keyword, "then", "what it is where the condition holds");
        else if (count("then") > count("else"))
            add(CompletionKind::Keyword, "else", "what it is where it does not");
    }

    void gatherOperands()
    {
        if (m_place.part == PolicyPart::TemporalCondition)
            addAll(CompletionKind::Keyword, temporalWords);
        addAll(CompletionKind::Variable, variables);
        // Behind a comparison with the action, an action is likelier than anything.
        if (back(2) != nullptr && back(2)->isWord("action"))
            gatherActions();
        gatherAllTypes();
        addAll(CompletionKind::Function, constructors);
        static constexpr std::array<Hint, 3> words{
            {{"true", "always"}, {"false", "never"}, {"if", "one of two values"}}};
        addAll(CompletionKind::Keyword, words);
    }

    const CompletionPlace& m_place;
    const CompletionSources& m_sources;
    CompletionTypes m_types;
    std::size_t m_end;
    std::size_t m_group = 0;
    std::vector<Entry> m_found;
    std::set<std::string> m_seen;
};

}

std::string_view nameOf(CompletionKind kind)
{
    static constexpr std::array<std::string_view, 9> names{
        "keyword", "variable", "attribute", "method", "function", "entity-type", "entity", "action", "annotation"};
    return names[std::size_t(kind)];
}

Completions complete(std::string_view text, std::size_t offset, const CompletionSources& sources)
{
    Completions completions;
    completions.from = std::min(offset, text.size());
    if (text.size() > maximumTextBytes)
        return completions;
    const CompletionPlace place = placeAt(text, offset);
    completions.from = place.from;
    completions.choices = Completer(place, sources).gather();
    return completions;
}

}
