#include "ui/screens/policies/protection_try.h"

#include "ui/bridge/values.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/cells_model.h"
#include "ui/kit/data_table.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/kit/select.h"
#include "ui/screens/policies/marked_text.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::policies {

namespace {

/// How long typing must pause before the text is tried again.
constexpr int textPause = 300;
/// As TryProtection::Request::text, in bytes.
constexpr std::size_t longestTriedText = 262'144;
constexpr int findingRows = 3;
/// Of what was typed and what would go on, on a low window.
constexpr int leastTextTall = 64;

// What is changed, waits or is stopped stands out more than what is only counted.
Token markFill(const TriedFinding& finding)
{
    if (finding.excepted || finding.action == ProtectAction::Observe)
        return Token::badgeInfo;
    return finding.action == ProtectAction::Deny ? Token::badgeError : Token::badgeWarn;
}

StateWords becomes(const TriedFinding& finding)
{
    return finding.excepted ? StateWords{State::neutral, ProtectionTry::tr("Excepted as a false alarm")}
                            : actionWords(finding.action);
}

}

ProtectionTry::ProtectionTry(ScreenContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
{
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    columns->setSpacing(metrics::gap);
    columns->addWidget(makeQuestion(), 1);
    columns->addWidget(makeAnswer(), 1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(textPause);
    connect(&m_pause, &QTimer::timeout, this, &ProtectionTry::attempt);
    connect(m_text, &QPlainTextEdit::textChanged, this, &ProtectionTry::typed);
    connect(m_tool, &QLineEdit::textChanged, this, &ProtectionTry::typed);
    connect(m_surface, &QComboBox::currentIndexChanged, this, &ProtectionTry::typed);
    connect(m_error, &InlineError::retryRequested, this, &ProtectionTry::attempt);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (const auto at = chosen())
            m_text->choose(*at);
        judge();
    });
    connect(m_except, &QAbstractButton::clicked, this, [this] {
        if (const auto at = chosen())
            Q_EMIT exceptWanted(text(m_findings[*at].what), text(m_findings[*at].title), m_values[*at]);
    });
    showNothing();
}

QWidget* ProtectionTry::makeQuestion()
{
    auto* page = new QWidget(this);
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::space8);
    m_surface = new Select(tr("Where it passes"), page);
    for (const TextSurface surface : everySurface())
        m_surface->addItem(surfaceWords(surface), int(surface));
    m_tool = new TextField(tr("Of which tool"), page);
    m_tool->setMonospace();
    m_tool->setMaxLength(128);
    m_tool->setPlaceholderText(QStringLiteral("mail.send"));
    m_toolRow = new FormRow(tr("Of which tool"), m_tool, {}, page);
    auto* where = new QHBoxLayout;
    where->setSpacing(metrics::gap);
    where->addWidget(new FormRow(tr("Where it passes"), m_surface, {}, page), 1, Qt::AlignTop);
    where->addWidget(m_toolRow, 1, Qt::AlignTop);
    rows->addLayout(where);
    m_text = new MarkedText(tr("Text to try"), page);
    m_text->setPlaceholderText(tr("Paste or type a text. It is tried while you type, and kept nowhere."));
    m_text->setMinimumHeight(leastTextTall);
    rows->addWidget(m_text, 1);
    m_note = new Label({}, TextStyle::small, Token::textMuted, page);
    m_note->setOverflow(Label::Overflow::wrap);
    rows->addWidget(m_note);
    return page;
}

QWidget* ProtectionTry::makeAnswer()
{
    auto* page = new QWidget(this);
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::space8);
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::space8);
    m_word = new StatusBadge(State::unknown, {}, page);
    m_reason = new Label({}, TextStyle::small, Token::textSecondary, page);
    m_reason->setOverflow(Label::Overflow::wrap);
    m_except = new Button(tr("This is a false alarm\u2026"), Button::Role::secondary, page);
    m_except->setObjectName(QStringLiteral("except-finding"));
    head->addWidget(m_word);
    head->addStretch(1);
    head->addWidget(m_except);
    rows->addLayout(head);
    rows->addWidget(m_reason);
    m_error = new InlineError({}, page);
    m_error->hide();
    rows->addWidget(m_error);
    m_table = new DataTable(tr("What was found"), page);
    m_table->setColumns({{QStringLiteral("what"), 0, CellKind::strongText},
        {QStringLiteral("certainty"), 84, CellKind::number}, {QStringLiteral("becomes"), 148, CellKind::status}});
    m_model = new CellsModel({tr("Found"), tr("Certainty"), tr("What becomes of it")}, m_table);
    m_table->setModel(m_model);
    m_table->setFitColumns();
    m_table->setMinimumHeight(m_table->heightFor(findingRows));
    rows->addWidget(m_table, 2);
    m_after = new QPlainTextEdit(page);
    m_after->setReadOnly(true);
    m_after->setMinimumHeight(leastTextTall);
    m_after->setTabChangesFocus(true);
    auto* after = new Label(tr("What would go on"), TextStyle::smallMedium, Token::textSecondary, page);
    after->setBuddy(m_after);
    m_after->setAccessibleName(tr("What would go on"));
    rows->addWidget(after);
    rows->addWidget(m_after, 1);
    connect(m_table, &DataTable::sortRequested, m_model, &CellsModel::sort);
    return page;
}

void ProtectionTry::setBody(std::optional<ProtectionBody> body)
{
    if (body == m_body)
        return;
    m_body = std::move(body);
    typed();
}

void ProtectionTry::setEntities(const Entities& known)
{
    m_known = known;
}

void ProtectionTry::setExcepting(const QString& whyNot)
{
    m_whyNotExcept = whyNot;
    judge();
}

void ProtectionTry::typed()
{
    m_toolRow->setVisible(isOfTool(TextSurface(m_surface->currentData().toInt())));
    m_ask.cancel();
    m_pause.start();
}

void ProtectionTry::attempt()
{
    m_pause.stop();
    const QString typedText = m_text->toPlainText();
    TryProtection::Request ask;
    ask.text = utf8(typedText);
    if (ask.text.empty() || ask.text.size() > longestTriedText || !m_body)
        return showNothing();
    ask.body = *m_body;
    ask.surface = TextSurface(m_surface->currentData().toInt());
    if (isOfTool(ask.surface))
        ask.tool = utf8(m_tool->text().trimmed());
    m_ask.request<TryProtection>(
        this, m_context.session, std::move(ask), [this](Result<TryProtection::Response> answer) {
            m_error->setVisible(!answer);
            if (answer)
                return show(*answer);
            m_error->setError(errorText(answer.error()));
            showNothing();
        });
}

void ProtectionTry::show(const TryProtection::Response& tried)
{
    const QString typedText = m_text->toPlainText();
    const std::vector<int> starts = codePointStarts(typedText);
    m_findings = tried.findings;
    m_values.clear();
    std::vector<TextMark> marks;
    std::vector<CellRow> rows;
    for (const TriedFinding& finding : m_findings) {
        const int start = starts[std::min<std::size_t>(finding.start, starts.size() - 1)];
        const int end = std::max(start, starts[std::min<std::size_t>(finding.end, starts.size() - 1)]);
        const QString title = finding.title.empty() ? entityWords(finding.what, m_known) : text(finding.title);
        const StateWords after = becomes(finding);
        const QString certainty = tr("%1 %").arg(finding.score);
        m_values.push_back(typedText.mid(start, end - start));
        marks.push_back({start, end - start, markFill(finding),
            tr("%1, certain to %2: %3").arg(title, certainty, after.words.toLower())});
        CellRow row{qulonglong(rows.size()), {}};
        row.cells.push_back({.text = title, .toolTip = text(finding.what)});
        row.cells.push_back({.text = certainty, .sort = qulonglong(finding.score)});
        row.cells.push_back({.text = after.words,
            .state = after.state,
            .toolTip = finding.excepted ? QString() : actionSentence(finding.action)});
        rows.push_back(std::move(row));
    }
    m_text->setMarks(std::move(marks));
    m_model->setRows(std::move(rows));
    const StateWords word = triedWords(tried.word);
    m_word->setState(word.state, word.words);
    m_word->show();
    m_reason->setText(text(tried.reason));
    m_reason->setToolTip(text(tried.reason));
    m_after->setPlainText(text(tried.text));
    m_after->setPlaceholderText(tried.word == "deny" ? tr("Nothing: the text is stopped.") : QString());
    m_note->setText(m_findings.empty()
            ? tr("Nothing was found that a rule or a detector knows.")
            : counted(m_findings.size(), tr("1 find. Choose it in the list to see where it is."),
                  tr("%1 finds. Choose one in the list to see where it is.")));
    judge();
}

void ProtectionTry::showNothing()
{
    m_findings.clear();
    m_values.clear();
    m_text->setMarks({});
    m_model->setRows({});
    m_after->clear();
    m_after->setPlaceholderText(tr("The text as whoever is next would get it."));
    m_reason->setText(tr("What is found in the text stands here, with what becomes of it."));
    m_reason->setToolTip({});
    m_word->hide();
    const bool isLong = utf8(m_text->toPlainText()).size() > longestTriedText;
    m_note->setText(isLong ? tr("Too long to try here: %1 bytes are the most.").arg(numberText(longestTriedText))
            : !m_body      ? tr("The protection cannot be read as it is typed.")
                           : tr("Finds are marked in the text; the list says what becomes of each."));
    m_toolRow->setVisible(isOfTool(TextSurface(m_surface->currentData().toInt())));
    judge();
}

std::optional<std::size_t> ProtectionTry::chosen() const
{
    const QVariant key = m_model->keyAt(m_table->currentIndex().row());
    if (!key.isValid() || key.toULongLong() >= m_findings.size())
        return std::nullopt;
    return std::size_t(key.toULongLong());
}

void ProtectionTry::judge()
{
    const auto at = chosen();
    const QString whyNot = !m_whyNotExcept.isEmpty() ? m_whyNotExcept
        : !at                                        ? tr("Choose a find in the list first.")
        : m_findings[*at].excepted                   ? tr("It is excepted already.")
                                                     : QString();
    m_except->setEnabled(whyNot.isEmpty());
    m_except->setToolTip(whyNot);
}

}
