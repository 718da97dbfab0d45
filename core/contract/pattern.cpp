#include "core/contract/pattern.h"

#include "core/contract/ecma_regex.h"

#include <algorithm>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace ephor::contract {

namespace {

struct PcreScratchRelease {
    void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
    void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};

// Match data and context are scratch memory: one per thread serves every pattern.
struct PcreScratch {
    std::unique_ptr<pcre2_match_data, PcreScratchRelease> data{pcre2_match_data_create(1, nullptr)};
    std::unique_ptr<pcre2_match_context, PcreScratchRelease> context{pcre2_match_context_create(nullptr)};
};

PcreScratch& pcreScratch()
{
    thread_local PcreScratch scratch;
    return scratch;
}

const unsigned char* pcreText(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

}

struct Pattern::Program {
    struct Release {
        void operator()(pcre2_code* code) const { pcre2_code_free(code); }
    };
    std::unique_ptr<pcre2_code, Release> code;
    PatternLimits limits;
};

Pattern::Pattern(std::shared_ptr<const Program> program)
    : m_program(std::move(program))
{
}

Result<Pattern> Pattern::compile(std::string_view ecmaPattern, const PatternLimits& limits)
{
    if (ecmaPattern.size() > limits.length)
        return fail(ErrorKind::TooLarge, "schema.pattern-length",
            "The regular expression is longer than the limit allows.", "Use a shorter pattern, or an enumeration.");
    EPHOR_TRY(const std::string translated, translateEcmaRegex(ecmaPattern, RegexSyntax::Lenient));
    constexpr std::uint32_t options
        = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_UTF_CHECK;
    int status = 0;
    std::size_t offset = 0;
    auto program = std::make_shared<Program>();
    program->limits = limits;
    program->code.reset(pcre2_compile(pcreText(translated), translated.size(), options, &status, &offset, nullptr));
    if (!program->code) {
        unsigned char message[160] = {};
        pcre2_get_error_message(status, message, sizeof message);
        return fail(Error(ErrorKind::Invalid, "schema.pattern-unsupported",
            "The regular expression cannot be compiled here: " + std::string(reinterpret_cast<const char*>(message))
                + ".",
            "Rewrite the pattern without that feature.")
                .with("pattern", std::string(ecmaPattern)));
    }
    // Where the machine forbids generated code the interpreter does the same work.
    pcre2_jit_compile(program->code.get(), PCRE2_JIT_COMPLETE);
    return Pattern(std::move(program));
}

std::uint32_t Pattern::stepLimit() const
{
    return m_program->limits.steps;
}

PatternMatch Pattern::match(std::string_view text, std::uint32_t steps) const
{
    PcreScratch& scratch = pcreScratch();
    if (!scratch.data || !scratch.context)
        return PatternMatch::Exhausted;
    const std::uint32_t limit = std::min(steps, m_program->limits.steps);
    pcre2_set_match_limit(scratch.context.get(), limit);
    pcre2_set_depth_limit(scratch.context.get(), limit);
    pcre2_set_heap_limit(scratch.context.get(), m_program->limits.heapKibibytes);
    const auto run = [&](std::uint32_t options) {
        return pcre2_match(
            m_program->code.get(), pcreText(text), text.size(), 0, options, scratch.data.get(), scratch.context.get());
    };
    int status = run(0);
    if (status == PCRE2_ERROR_JIT_STACKLIMIT)
        status = run(PCRE2_NO_JIT);
    if (status >= 0)
        return PatternMatch::Yes;
    return status == PCRE2_ERROR_NOMATCH ? PatternMatch::No : PatternMatch::Exhausted;
}

}
