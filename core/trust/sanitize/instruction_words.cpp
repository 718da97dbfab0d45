#include "core/trust/sanitize/instruction_words.h"

#include "core/trust/sanitize/code_point.h"
#include "core/trust/sanitize/word_filter.h"

#include <array>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

namespace ephor::sanitize {

namespace {

using namespace wording;

struct VocabularyEntry {
    Classes classes;
    std::string_view words; ///< lower-case, without accents, parted by blanks
};

constexpr VocabularyEntry vocabulary[] = {
    {overriding,
        "ignore ignoring disregard disregarding forget override overrule bypass neglect discard dismiss ignoriere "
        "ignorieren ignoriert vergiss vergesst missachte missachten ubergehe verwirf ignorez ignorer oublie oubliez "
        "oublier negligez ignora ignorad ignoren olvida olvide olvidad omite omita desatiende descarta"},
    {prior,
        "previous prior earlier preceding above foregoing before initial original existing vorherigen vorherige vorher "
        "zuvor vorangegangenen vorangehenden bisherigen obigen fruheren vorigen ursprunglichen precedentes precedents "
        "precedente precedent anterieures anterieurs dessus initiales avant anteriores anterior previas previos "
        "iniciales arriba antes"},
    {orders,
        "instructions instruction directions directives directive guidelines prompt prompts commands rules constraints "
        "safeguards anweisungen anweisung instruktionen befehle regeln vorgaben richtlinien consignes consigne regles "
        "ordres instrucciones instruccion ordenes reglas directrices indicaciones"},
    {everything, "everything anything alles tout todo"},
    {negation, "not never dont t nicht niemals kein pas jamais nunca no"},
    {doing, "do don never please bitte jamais no nunca ne"},
    {nothing, "nichts rien nada"},
    {your, "your yours deine deinen ihre ihren vos votre tes ton tus tu sus su"},
    {you, "you du ihr vous tu usted"},
    {now, "now nun jetzt sofort maintenant desormais ahora"},
    {showing,
        "reveal show print repeat output display leak dump expose disclose recite zeige zeig nenne wiederhole "
        "offenbare gib affiche affichez revele revelez montre montrez repete repetez muestra revela imprime repite"},
    {systemWord, "system hidden initial secret systeme sistema"},
    {prompt, "prompt prompts"},
    {systemPrompt, "systemprompt systemprompts systemanweisung systemanweisungen"},
    {sending,
        "send forward upload exfiltrate transmit leak sende sendet schicke schickt leite ubermittle envoie envoyez "
        "envoyer transmets transmettez envia envie enviad reenvia manda mande sube"},
    {secret, "password token secret credential apikey key passwort schlussel kennwort passe cle contrasena clave"},
    {secret | secrets,
        "passwords credentials secrets tokens apikeys keys passworter passworte zugangsdaten geheimnisse kennworter "
        "identifiants cles contrasenas claves credenciales"},
    {toward, "to into an zu nach a vers"},
    {telling,
        "tell inform mention notify alert warn informiere erwahne sage sag verrate dis dites informe informez digas "
        "informes"},
    {user, "user human operator nutzer benutzer anwender utilisateur usuario"},
    {pretending, "pretend act roleplay behave simulate verhalte spiele agis agissez comporte actua finge comportate"},
    {unbound,
        "dan jailbroken jailbreak unrestricted unfiltered uncensored amoral uneingeschrankte uneingeschrankt "
        "ungefiltert ungefilterte debride irrestricto"},
    {model, "ai llm model assistant chatbot gpt bot ki modell assistent ia modele modelo asistente"},
    {ending, "end ende fin"},
    {of, "of des der de del du"},
    {toolWord, "tool werkzeugs werkzeug outil herramienta"},
    {result, "output outputs result results response ausgabe ergebnis sortie resultat salida resultado"},
    {conversation, "conversation conversations chat chats transcript gesprach gesprachs chatverlauf conversacion"},
    {linkPart, "url query parameter image bild imagen"},
    {adding, "append include add encode put embed hange fuge ajoute ajoutez anade incluye"},
    {being, "are bist seid etes es eres"},
    {answering, "act respond answer behave obey reply roleplay ignore antworte antwortest reponds repondez responde"},
};

struct VocabularyWord {
    std::string_view word;
    Classes classes = 0;
};

constexpr std::size_t vocabularyBuckets = 2048;
constexpr std::size_t longestVocabularyWord = WordFilter::longest;

std::size_t vocabularyHash(const std::string_view word)
{
    std::uint32_t hash = 2166136261U;
    for (const char c : word)
        hash = (hash ^ std::uint8_t(c)) * 16777619U;
    return hash % vocabularyBuckets;
}

class VocabularyTable {
public:
    VocabularyTable()
    {
        for (const VocabularyEntry& entry : vocabulary)
            for (std::string_view rest = entry.words; !rest.empty();) {
                const std::size_t end = std::min(rest.find(' '), rest.size());
                slot(rest.substr(0, end)).classes |= entry.classes;
                m_filter.add(rest.substr(0, end));
                rest.remove_prefix(std::min(end + 1, rest.size()));
            }
    }

    Classes classesOf(const std::string_view word) const
    {
        if (!m_filter.mayHave(word.front(), word.back(), word.size()))
            return 0;
        for (std::size_t bucket = vocabularyHash(word); !m_words[bucket].word.empty();
            bucket = (bucket + 1) % vocabularyBuckets)
            if (m_words[bucket].word == word)
                return m_words[bucket].classes;
        return 0;
    }

private:
    VocabularyWord& slot(const std::string_view word)
    {
        std::size_t bucket = vocabularyHash(word);
        while (!m_words[bucket].word.empty() && m_words[bucket].word != word)
            bucket = (bucket + 1) % vocabularyBuckets;
        m_words[bucket].word = word;
        return m_words[bucket];
    }

    std::array<VocabularyWord, vocabularyBuckets> m_words{};
    WordFilter m_filter;
};

/// A letter's ASCII base, 0 for other letters.
char baseLetter(const char32_t value)
{
    // Letters with accents decompose into these and marks; ß has none, and none of the words.
    UErrorCode status = U_ZERO_ERROR;
    static const UNormalizer2* const decomposition = unorm2_getNFDInstance(&status);
    std::array<char16_t, 8> parts{};
    const auto length
        = unorm2_getDecomposition(decomposition, UChar32(value), parts.data(), std::int32_t(parts.size()), &status);
    if (U_FAILURE(status) || length < 1 || parts[0] >= 0x80)
        return 0;
    return char(parts[0] | 0x20);
}

/// One word read letter by letter.
struct WordBuffer {
    std::array<char, longestVocabularyWord> letters{};
    std::size_t length = 0;
    bool foreign = false; ///< has a letter without an ASCII base

    void add(const char lower)
    {
        if (length < letters.size())
            letters[length] = lower;
        ++length;
    }
    bool known() const { return !foreign && length <= letters.size(); }
    std::string_view text() const { return {letters.data(), length}; }
};

/// "x@evil.example" and "https://": the word has an address's sign behind it.
bool beginsAddress(const std::string_view text, const std::size_t end)
{
    const std::string_view rest = text.substr(end);
    return rest.starts_with("://") || (rest.size() > 1 && rest[0] == '@' && std::uint8_t(rest[1]) > ' ');
}

bool endsSentence(const std::string_view text, const std::size_t at)
{
    const char c = text[at];
    if (c == '\n')
        return at + 1 < text.size() && (text[at + 1] == '\n' || text[at + 1] == '\r');
    const bool stop = c == '.' || c == '!' || c == '?' || c == ';';
    return stop && at + 1 < text.size() && std::uint8_t(text[at + 1]) <= ' ';
}

}

std::vector<InstructionWord> instructionWords(const std::string_view text)
{
    static const VocabularyTable table;
    std::vector<InstructionWord> words;
    std::uint32_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        WordBuffer word;
        while (at < text.size()) {
            const char c = text[at];
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
                word.add(char(c | 0x20));
                ++at;
            } else if (std::uint8_t(c) >= 0x80) {
                const CodePoint next = codePointAt(text, at);
                if (u_isalpha(UChar32(next.value)) == 0)
                    break;
                const char base = baseLetter(next.value);
                word.foreign |= base == 0;
                word.add(base);
                at += next.length;
            } else {
                break;
            }
        }
        if (at == start) {
            if (endsSentence(text, at) && !words.empty() && words.back().classes != 0)
                words.push_back({std::uint32_t(at), std::uint32_t(at + 1), number, 0});
            at += codePointAt(text, at).length;
            continue;
        }
        ++number;
        Classes classes = word.known() ? table.classesOf(word.text()) : 0;
        if (beginsAddress(text, at))
            classes |= address;
        if (classes != 0)
            words.push_back({std::uint32_t(start), std::uint32_t(at), number, classes});
    }
    return words;
}

}
