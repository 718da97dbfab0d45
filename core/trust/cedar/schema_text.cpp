#include "core/base/text.h"
#include "core/trust/cedar/limits.h"
#include "core/trust/cedar/name.h"
#include "core/trust/cedar/schema_draft.h"
#include "core/trust/cedar/token_reader.h"

#include <set>

namespace ephor::cedar {

namespace {

/// Reads the schema form that resembles the language (docs.cedarpolicy.com, "Human-readable schema grammar").
class SchemaTextReader {
public:
    explicit SchemaTextReader(std::string_view text)
        : m_reader(text, Dialect::Schema)
    {
    }
    Result<SchemaDraft> readAll();

private:
    bool readTop(SchemaDraft& draft);
    bool readNamespace(SchemaDraft& draft);
    bool readDeclaration(NamespaceDraft& space);
    bool readEntities(NamespaceDraft& space);
    bool readChoices(std::vector<std::string>& choices);
    bool readActions(NamespaceDraft& space);
    bool readGroups(std::vector<ActionReferenceDraft>& groups);
    bool readGroup(std::vector<ActionReferenceDraft>& groups);
    bool readApplies(ActionDraft& action);
    bool readApplication(ActionDraft& action, std::set<std::string>& seen);
    bool readCommonType(NamespaceDraft& space);
    bool readAnnotations();
    bool readType(TypeDraft& type);
    bool readAttributes(TypeDraft& type);
    bool readPath(NameDraft& path);
    bool readPaths(std::vector<NameDraft>& paths);
    bool readName(NameDraft& name);
    bool schemaFault(std::size_t offset, std::string message);

    TokenReader m_reader;
    std::size_t m_depth = 0;
};

bool SchemaTextReader::schemaFault(std::size_t offset, std::string message)
{
    return m_reader.fault(offset, "cedar.schema", std::move(message));
}

Result<SchemaDraft> SchemaTextReader::readAll()
{
    SchemaDraft draft;
    draft.source = m_reader.source();
    draft.namespaces.emplace_back();
    while (m_reader.token().kind != TokenKind::End) {
        if (!readTop(draft))
            return fail(m_reader.error());
    }
    return draft;
}

bool SchemaTextReader::readTop(SchemaDraft& draft)
{
    if (!readAnnotations())
        return false;
    return m_reader.takeWord("namespace") ? readNamespace(draft) : readDeclaration(draft.namespaces.front());
}

bool SchemaTextReader::readNamespace(SchemaDraft& draft)
{
    NameDraft path;
    if (!readPath(path) || !m_reader.expect("{", "after the namespace's name"))
        return false;
    for (const NamespaceDraft& known : draft.namespaces) {
        if (known.name == path.name)
            return schemaFault(path.offset, "The namespace " + path.name + " is declared twice.");
    }
    NamespaceDraft space;
    space.name = path.name;
    while (!m_reader.take("}")) {
        if (!readAnnotations() || !readDeclaration(space))
            return false;
    }
    draft.namespaces.push_back(std::move(space));
    return true;
}

bool SchemaTextReader::readAnnotations()
{
    std::set<std::string_view> seen;
    while (m_reader.take("@")) {
        const Token name = m_reader.token();
        if (name.kind != TokenKind::Identifier)
            return m_reader.unexpected("an annotation's name");
        m_reader.advance();
        std::string value;
        if (m_reader.take("(") && (!m_reader.readString(value) || !m_reader.expect(")", "after an annotation's text")))
            return false;
        if (!seen.insert(name.text).second)
            return schemaFault(name.offset, "The annotation " + std::string(name.text) + " stands here twice.");
    }
    return true;
}

bool SchemaTextReader::readDeclaration(NamespaceDraft& space)
{
    if (m_reader.takeWord("entity"))
        return readEntities(space);
    if (m_reader.takeWord("action"))
        return readActions(space);
    return m_reader.takeWord("type") ? readCommonType(space) : m_reader.unexpected("entity, action, type or namespace");
}

bool SchemaTextReader::readEntities(NamespaceDraft& space)
{
    std::vector<NameDraft> names;
    do {
        NameDraft name;
        name.offset = m_reader.token().offset;
        std::string_view word;
        if (!m_reader.readIdentifier(word))
            return false;
        name.name = word;
        names.push_back(std::move(name));
    } while (m_reader.take(","));
    EntityDraft draft;
    if (m_reader.takeWord("enum")) {
        if (!readChoices(draft.choices))
            return false;
    } else {
        if (m_reader.takeWord("in") && !readPaths(draft.parents))
            return false;
        const bool assigned = m_reader.take("=");
        if ((assigned || m_reader.token().is("{")) && !readAttributes(draft.shape))
            return false;
        if (m_reader.takeWord("tags") && !readType(draft.tags.emplace()))
            return false;
    }
    for (NameDraft& name : names) {
        draft.name = std::move(name);
        space.entities.push_back(draft);
    }
    return m_reader.expect(";", "at the end of an entity's declaration");
}

bool SchemaTextReader::readChoices(std::vector<std::string>& choices)
{
    if (!m_reader.expect("[", "before the ids"))
        return false;
    do {
        if (!m_reader.readString(choices.emplace_back()))
            return false;
    } while (m_reader.take(","));
    return m_reader.expect("]", "after the ids");
}

bool SchemaTextReader::readName(NameDraft& name)
{
    name.offset = m_reader.token().offset;
    if (m_reader.token().kind == TokenKind::String)
        return m_reader.readString(name.name);
    std::string_view word;
    if (!m_reader.readIdentifier(word))
        return false;
    name.name = word;
    return true;
}

bool SchemaTextReader::readActions(NamespaceDraft& space)
{
    std::vector<NameDraft> names;
    do {
        if (!readName(names.emplace_back()))
            return false;
    } while (m_reader.take(","));
    ActionDraft draft;
    if (m_reader.takeWord("in") && !readGroups(draft.parents))
        return false;
    if (m_reader.takeWord("appliesTo") && !readApplies(draft))
        return false;
    if (m_reader.takeWord("attributes")
        && (!m_reader.expect("{", "after attributes") || !m_reader.expect("}", "since actions have no attributes")))
        return false;
    for (NameDraft& name : names) {
        draft.name = std::move(name);
        space.actions.push_back(draft);
    }
    return m_reader.expect(";", "at the end of an action's declaration");
}

bool SchemaTextReader::readGroups(std::vector<ActionReferenceDraft>& groups)
{
    if (!m_reader.take("["))
        return readGroup(groups);
    do {
        if (!readGroup(groups))
            return false;
    } while (m_reader.take(","));
    return m_reader.expect("]", "after the groups");
}

bool SchemaTextReader::readGroup(std::vector<ActionReferenceDraft>& groups)
{
    ActionReferenceDraft group;
    group.offset = m_reader.token().offset;
    if (m_reader.token().kind == TokenKind::Identifier && m_reader.ahead().is("::")) {
        NameDraft path;
        if (!readPath(path) || !m_reader.expect("::", "and an id, to name an action"))
            return false;
        group.type = path.name;
        if (!m_reader.readString(group.id))
            return false;
    } else {
        NameDraft name;
        if (!readName(name))
            return false;
        group.id = name.name;
    }
    groups.push_back(std::move(group));
    return true;
}

bool SchemaTextReader::readApplies(ActionDraft& action)
{
    const std::uint32_t offset = m_reader.token().offset;
    if (!m_reader.expect("{", "after appliesTo"))
        return false;
    std::set<std::string> seen;
    do {
        if (!readApplication(action, seen))
            return false;
    } while (m_reader.take(",") && !m_reader.token().is("}"));
    if (!m_reader.expect("}", "after what the action applies to"))
        return false;
    if (!seen.contains("principal") || !seen.contains("resource"))
        return schemaFault(offset, "An action applies to a principal and a resource.");
    return true;
}

bool SchemaTextReader::readApplication(ActionDraft& action, std::set<std::string>& seen)
{
    const Token part = m_reader.token();
    if (!part.isWord("principal") && !part.isWord("resource") && !part.isWord("context"))
        return m_reader.unexpected("principal, resource or context");
    m_reader.advance();
    if (!seen.insert(std::string(part.text)).second)
        return schemaFault(part.offset, "The part " + std::string(part.text) + " is declared twice.");
    if (!m_reader.expect(":", "after what an action applies to"))
        return false;
    if (part.text != "context") {
        std::vector<NameDraft>& types = part.text == "principal" ? action.principals : action.resources;
        if (!readPaths(types))
            return false;
        return !types.empty() || schemaFault(part.offset, "An action applies to at least one type.");
    }
    if (m_reader.token().is("{"))
        return readAttributes(action.context);
    NameDraft path;
    if (!readPath(path))
        return false;
    action.context.form = TypeDraft::Form::CommonName;
    action.context.name = path.name;
    action.context.offset = path.offset;
    return true;
}

bool SchemaTextReader::readCommonType(NamespaceDraft& space)
{
    const std::uint32_t offset = m_reader.token().offset;
    std::string_view word;
    TypeDraft type;
    if (!m_reader.readIdentifier(word))
        return false;
    if (isReservedTypeName(word))
        return schemaFault(offset, "A common type cannot be called " + std::string(word) + ".");
    const std::string name(word);
    if (!m_reader.expect("=", "after a type's name") || !readType(type)
        || !m_reader.expect(";", "at the end of a type"))
        return false;
    return space.types.emplace(name, std::move(type)).second
        || schemaFault(offset, "The type " + name + " is declared twice.");
}

bool SchemaTextReader::readPath(NameDraft& path)
{
    path.offset = m_reader.token().offset;
    for (;;) {
        // The types of the language itself are the one thing under a reserved word.
        const bool own = path.name.empty() && m_reader.token().isWord("__cedar") && m_reader.ahead().is("::");
        std::string_view word = m_reader.token().text;
        if (own)
            m_reader.advance();
        else if (!m_reader.readIdentifier(word))
            return false;
        path.name += word;
        if (!m_reader.token().is("::") || m_reader.ahead().kind != TokenKind::Identifier)
            return true;
        m_reader.advance();
        path.name += "::";
    }
}

bool SchemaTextReader::readPaths(std::vector<NameDraft>& paths)
{
    if (!m_reader.take("["))
        return readPath(paths.emplace_back());
    if (m_reader.take("]"))
        return true;
    do {
        if (!readPath(paths.emplace_back()))
            return false;
    } while (m_reader.take(","));
    return m_reader.expect("]", "after the types");
}

bool SchemaTextReader::readType(TypeDraft& type)
{
    const Token token = m_reader.token();
    type.offset = token.offset;
    if (m_depth >= maximumDepth)
        return m_reader.fault(token.offset, "cedar.too-deep", "The type nests more than 200 deep.");
    if (token.is("{"))
        return readAttributes(type);
    if (token.isWord("Set") && m_reader.ahead().is("<")) {
        m_reader.advance();
        m_reader.advance();
        TypeDraft element;
        ++m_depth;
        if (!readType(element) || !m_reader.expect(">", "after the type of a set's members"))
            return false;
        --m_depth;
        type.form = TypeDraft::Form::Set;
        type.element = std::make_shared<const TypeDraft>(std::move(element));
        return true;
    }
    NameDraft path;
    if (!readPath(path))
        return false;
    type.form = TypeDraft::Form::AnyName;
    type.name = path.name;
    return true;
}

bool SchemaTextReader::readAttributes(TypeDraft& type)
{
    type.form = TypeDraft::Form::Record;
    if (!m_reader.expect("{", "before attributes"))
        return false;
    ++m_depth;
    while (!m_reader.token().is("}")) {
        AttributeDraft attribute;
        NameDraft name;
        if (!readAnnotations() || !readName(name))
            return false;
        attribute.name = name.name;
        attribute.required = !m_reader.take("?");
        if (!m_reader.expect(":", "after an attribute's name") || !readType(attribute.type))
            return false;
        type.attributes.push_back(std::move(attribute));
        if (!m_reader.take(","))
            break;
    }
    --m_depth;
    return m_reader.expect("}", "after attributes");
}

}

Result<SchemaDraft> readSchemaText(std::string_view text)
{
    if (text.size() > maximumTextBytes)
        return fail(ErrorKind::TooLarge, "cedar.too-large", "The text of the schema is longer than 16 MiB.");
    if (!isUtf8(text))
        return fail(ErrorKind::Invalid, "cedar.utf8", "The text of the schema is not UTF-8.");
    return SchemaTextReader(text).readAll();
}

}
