#include "core/trust/cedar/format.h"

#include "core/trust/cedar/escape.h"
#include "core/trust/cedar/name.h"
#include "core/trust/cedar/token.h"

#include <algorithm>

namespace ephor::cedar {

namespace {

// A line that fits beside a margin in the console and in a review.
constexpr std::size_t longestRuleLine = 100;

/// How tightly an operation holds its parts: one that holds less tightly than its place wants stands in brackets.
enum class Tightness : std::uint8_t { Expression, Or, And, Relation, Sum, Product, Unary, Member };

Tightness tightnessOf(const Node& node)
{
    switch (node.kind) {
    case NodeKind::If:
        return Tightness::Expression;
    case NodeKind::Or:
        return Tightness::Or;
    case NodeKind::And:
        return Tightness::And;
    case NodeKind::Equal:
    case NodeKind::NotEqual:
    case NodeKind::Less:
    case NodeKind::LessEqual:
    case NodeKind::Greater:
    case NodeKind::GreaterEqual:
    case NodeKind::In:
    case NodeKind::Has:
    case NodeKind::Like:
    case NodeKind::Is:
        return Tightness::Relation;
    case NodeKind::Sum:
        return Tightness::Sum;
    case NodeKind::Product:
        return Tightness::Product;
    case NodeKind::Not:
    case NodeKind::Negate:
        return Tightness::Unary;
    case NodeKind::Literal:
        return node.value.kind == Kind::Long && node.value.number < 0 ? Tightness::Unary : Tightness::Member;
    default:
        return Tightness::Member;
    }
}

bool isPlainName(std::string_view name)
{
    return isIdentifier(name) && !isReservedWord(name);
}

/// Writes one expression.
class ExpressionWriter {
public:
    std::string text;

    void write(const Node& node, Tightness least)
    {
        const bool brackets = tightnessOf(node) < least;
        text += brackets ? "(" : "";
        writeBare(node);
        text += brackets ? ")" : "";
    }

private:
    void writeBare(const Node& node)
    {
        switch (node.kind) {
        case NodeKind::Literal:
            text += toText(node.value);
            break;
        case NodeKind::If:
            text += "if ";
            write(*node.children[0], Tightness::Expression);
            text += " then ";
            write(*node.children[1], Tightness::Expression);
            text += " else ";
            write(*node.children[2], Tightness::Expression);
            break;
        case NodeKind::Or:
            writeChain(node, Tightness::And);
            break;
        case NodeKind::And:
            writeChain(node, Tightness::Relation);
            break;
        case NodeKind::Product:
            writeChain(node, Tightness::Unary);
            break;
        case NodeKind::Sum:
            writeSum(node);
            break;
        case NodeKind::Not:
        case NodeKind::Negate:
            writeUnary(node);
            break;
        case NodeKind::Has:
        case NodeKind::Like:
        case NodeKind::Is:
            writeTest(node);
            break;
        case NodeKind::Set:
            text += "[";
            writeList(node.children);
            text += "]";
            break;
        case NodeKind::Record:
            writeRecord(node);
            break;
        case NodeKind::Attribute:
            writeAttribute(node);
            break;
        case NodeKind::Contains:
        case NodeKind::ContainsAll:
        case NodeKind::ContainsAny:
        case NodeKind::IsEmpty:
        case NodeKind::GetTag:
        case NodeKind::HasTag:
            writeMethod(node, nameOf(node.kind));
            break;
        case NodeKind::Call:
            writeCall(node);
            break;
        default:
            if (node.children.size() == 2)
                writeChain(node, Tightness::Sum);
            else
                text += nameOf(node.kind);
        }
    }

    void writeChain(const Node& node, Tightness least)
    {
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            if (i > 0)
                text.append(" ").append(nameOf(node.kind)).append(" ");
            write(*node.children[i], least);
        }
    }

    void writeSum(const Node& node)
    {
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            if (i > 0)
                text += node.subtracted[i] ? " - " : " + ";
            write(*node.children[i], Tightness::Product);
        }
    }

    // The language lets a sign be repeated four times, and takes a sign before a number for the number's own.
    void writeUnary(const Node& node)
    {
        constexpr int mostSigns = 4;
        const Node* inner = &node;
        for (int signs = 0; inner->kind == node.kind && signs < mostSigns; ++signs) {
            text += nameOf(node.kind);
            inner = inner->children[0];
        }
        const bool number = inner->kind == NodeKind::Literal && inner->value.kind == Kind::Long;
        if (number) {
            text.append("(").append(toText(inner->value)).append(")");
            return;
        }
        write(*inner, Tightness::Member);
    }

    void writeTest(const Node& node)
    {
        write(*node.children[0], Tightness::Sum);
        text.append(" ").append(nameOf(node.kind)).append(" ");
        if (node.kind == NodeKind::Like) {
            writePattern(*node.pattern);
        } else if (node.kind == NodeKind::Is) {
            text += node.names.front().view;
            if (node.children.size() == 1)
                return;
            text += " in ";
            write(*node.children[1], Tightness::Sum);
        } else if (node.names.size() == 1 && !isPlainName(node.names.front().view)) {
            text += quoted(node.names.front().view);
        } else {
            for (std::size_t i = 0; i < node.names.size(); ++i)
                text.append(i == 0 ? "" : ".").append(node.names[i].view);
        }
    }

    void writePattern(const Pattern& pattern)
    {
        text += '"';
        for (std::size_t i = 0; i < pattern.pieces.size(); ++i) {
            text += i == 0 ? "" : "*";
            const std::string piece = quoted(pattern.pieces[i]);
            for (const char character : std::string_view(piece).substr(1, piece.size() - 2)) {
                if (character == '*')
                    text += '\\';
                text += character;
            }
        }
        text += '"';
    }

    void writeList(std::span<const Node* const> nodes)
    {
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            text += i == 0 ? "" : ", ";
            write(*nodes[i], Tightness::Expression);
        }
    }

    void writeRecord(const Node& node)
    {
        text += "{";
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            const std::string_view name = node.names[i].view;
            text += i == 0 ? "" : ", ";
            text += isPlainName(name) ? std::string(name) : quoted(name);
            text += ": ";
            write(*node.children[i], Tightness::Expression);
        }
        text += "}";
    }

    void writeAttribute(const Node& node)
    {
        const std::string_view name = node.names.front().view;
        write(*node.children[0], Tightness::Member);
        if (isPlainName(name))
            text.append(".").append(name);
        else
            text.append("[").append(quoted(name)).append("]");
    }

    void writeMethod(const Node& node, std::string_view name)
    {
        write(*node.children[0], Tightness::Member);
        text.append(".").append(name).append("(");
        writeList(node.children.subspan(1));
        text += ")";
    }

    void writeCall(const Node& node)
    {
        if (node.function->style == CallStyle::Method) {
            writeMethod(node, node.function->name);
            return;
        }
        text.append(node.function->name).append("(");
        writeList(node.children);
        text += ")";
    }
};

std::string scopeLines(const Policy& policy)
{
    const std::string effect = policy.effect == Effect::Permit ? "permit" : "forbid";
    const std::string principal = formatted("principal", policy.principal);
    const std::string action = formatted(policy.action);
    const std::string resource = formatted("resource", policy.resource);
    const std::string line = effect + "(" + principal + ", " + action + ", " + resource + ")";
    if (line.size() <= longestRuleLine)
        return line;
    return effect + "(\n    " + principal + ",\n    " + action + ",\n    " + resource + "\n)";
}

std::string conditionLines(const Policy& policy, std::size_t index)
{
    const Condition& condition = policy.conditions[index];
    if (condition.body == nullptr || !isPlain(*condition.body))
        return withoutLayout(sourceOfCondition(policy, index));
    const std::string word = condition.kind == ConditionKind::When ? "when" : "unless";
    const std::string line = word + " { " + formatted(*condition.body) + " }";
    const bool broken = line.size() > longestRuleLine
        && (condition.body->kind == NodeKind::And || condition.body->kind == NodeKind::Or);
    if (!broken)
        return line;
    std::string lines = word + " {";
    const bool chainsAll = condition.body->kind == NodeKind::And;
    bool first = true;
    for (const Node* child : condition.body->children) {
        ExpressionWriter writer;
        writer.write(*child, chainsAll ? Tightness::Relation : Tightness::And);
        lines += first ? "\n    " : chainsAll ? "\n    && " : "\n    || ";
        lines += writer.text;
        first = false;
    }
    return lines + "\n}";
}

std::string referenceText(std::string_view variable, const ScopeConstraint& constraint)
{
    return constraint.slot ? "?" + std::string(variable) : toText(*constraint.entity);
}

}

std::string formatted(const Node& node)
{
    ExpressionWriter writer;
    writer.write(node, Tightness::Expression);
    return std::move(writer.text);
}

std::string formatted(std::string_view variable, const ScopeConstraint& constraint)
{
    using Form = ScopeConstraint::Form;
    const std::string name(variable);
    switch (constraint.form) {
    case Form::Any:
        return name;
    case Form::Equal:
        return name + " == " + referenceText(variable, constraint);
    case Form::In:
        return name + " in " + referenceText(variable, constraint);
    case Form::Is:
        return name + " is " + std::string(constraint.type.view);
    case Form::IsIn:
        return name + " is " + std::string(constraint.type.view) + " in " + referenceText(variable, constraint);
    }
    return name;
}

std::string formatted(const ActionConstraint& constraint)
{
    using Form = ActionConstraint::Form;
    if (constraint.form == Form::Any)
        return "action";
    if (constraint.form != Form::InAny)
        return (constraint.form == Form::Equal ? "action == " : "action in ") + toText(*constraint.entities.front());
    std::string text = "action in [";
    for (std::size_t i = 0; i < constraint.entities.size(); ++i)
        text += (i == 0 ? "" : ", ") + toText(*constraint.entities[i]);
    return text + "]";
}

std::string formattedRule(const Policy& policy)
{
    std::string text = scopeLines(policy);
    for (std::size_t i = 0; i < policy.conditions.size(); ++i)
        text += "\n" + conditionLines(policy, i);
    return text + ";";
}

std::string formatted(const Policy& policy)
{
    std::string text;
    for (const Annotation& annotation : policy.annotations) {
        text += "@" + std::string(annotation.name);
        text += annotation.value.empty() ? "\n" : "(" + quoted(annotation.value) + ")\n";
    }
    return text + formattedRule(policy);
}

bool isPlain(const Node& node)
{
    return node.kind <= NodeKind::Call
        && std::ranges::all_of(node.children, [](const Node* child) { return isPlain(*child); });
}

std::string withoutLayout(std::string_view source)
{
    std::string text;
    Lexer lexer(source, Dialect::Policies);
    std::size_t end = 0;
    for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
        text += token.offset > end && !text.empty() ? " " : "";
        text += token.text;
        end = token.offset + token.text.size();
    }
    return text;
}

std::string_view sourceOfCondition(const Policy& policy, std::size_t index)
{
    const std::string_view text = policy.text();
    Lexer lexer(text, Dialect::Policies);
    bool named = false;
    bool inRule = false;
    std::size_t depth = 0;
    std::size_t met = 0;
    std::size_t start = 0;
    for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
        if (token.is("(") || token.is("{") || token.is("["))
            ++depth;
        if (token.is(")") || token.is("}") || token.is("]")) {
            depth -= depth > 0 ? 1 : 0;
            if (depth == 0 && token.is("}") && inRule && met++ == index)
                return text.substr(start, token.offset + 1 - start);
        }
        const bool word = depth == 0 && token.kind == TokenKind::Identifier && !named;
        if (word && (token.text == "permit" || token.text == "forbid"))
            inRule = true;
        else if (word && (token.text == "when" || token.text == "unless"))
            start = token.offset;
        named = token.is("@");
    }
    return {};
}

}
