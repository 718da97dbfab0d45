#include "ui/screens/policies/detector_dialog.h"

#include "ui/bridge/session.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/field.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

namespace ephor::ui::policies {

namespace {

constexpr int detectorDialogWidth = 600;
constexpr int detectorWordsTall = 112;
/// How long typing must pause before the detector is checked.
constexpr int detectorPause = 300;
constexpr int wordsChoice = 1;
constexpr std::uint64_t mostPercent = 100;
/// As OwnDetector::words.
constexpr std::size_t mostWords = 2'000;
/// As Hotwords::words.
constexpr std::size_t mostNearby = 32;

QString listed(const std::vector<std::string>& words, const QString& between)
{
    QStringList all;
    for (const std::string& word : words)
        all << text(word);
    return all.join(between);
}

}

DetectorDialog::DetectorDialog(Session& session, const ProtectionBody& body, std::size_t at, QWidget* parent)
    : Dialog(tr("Own detector"),
          tr("Finds what only this company knows: project names, account numbers of a form of its own. Rules then name "
             "it like any other kind."),
          parent)
    , m_session(session)
    , m_body(body)
    , m_at(std::min(at, body.detectors.size()))
    , m_begun(m_at < body.detectors.size() ? body.detectors[m_at] : OwnDetector{})
    , m_entity(new TextField(tr("Name"), this))
    , m_title(new TextField(tr("Title"), this))
    , m_how(new Segmented(tr("How it finds"), {tr("A pattern"), tr("A list of words")}, this))
    , m_pattern(new TextField(tr("Pattern"), this))
    , m_words(new QPlainTextEdit(this))
    , m_score(new TextField(tr("Certainty of a find, in percent"), this))
    , m_nearby(new TextField(tr("Words nearby"), this))
    , m_change(new TextField(tr("They add, in percent"), this))
    , m_problem(new Label({}, TextStyle::small, Token::error, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(detectorDialogWidth);
    makeFields();
    Button* cancel = addButton(tr("Cancel"), Button::Role::secondary);
    m_act = addButton(tr("Take the detector"), Button::Role::primary);
    m_act->setObjectName(QStringLiteral("take-detector"));
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_act, &QAbstractButton::clicked, this, [this] {
        QString problem;
        const OwnDetector made = detector(problem);
        if (!problem.isEmpty())
            return;
        Q_EMIT chosen(made);
        accept();
    });
    m_pause.setSingleShot(true);
    m_pause.setInterval(detectorPause);
    connect(&m_pause, &QTimer::timeout, this, &DetectorDialog::check);
    show(m_begun);
    typed();
}

void DetectorDialog::makeFields()
{
    m_entity->setMonospace();
    m_entity->setMaxLength(64);
    m_entity->setPlaceholderText(QStringLiteral("PROJECT_CODE"));
    m_title->setMaxLength(512);
    m_title->setPlaceholderText(tr("Code of a project"));
    m_pattern->setMonospace();
    m_pattern->setMaxLength(1'024);
    m_pattern->setPlaceholderText(QStringLiteral("NWB-[0-9]{6}"));
    m_words->setAccessibleName(tr("Words"));
    m_words->setTabChangesFocus(true);
    m_words->setFixedHeight(detectorWordsTall);
    m_nearby->setPlaceholderText(tr("project, code"));
    const auto pair = [this](QWidget* left, int leftShare, QWidget* right, int rightShare) {
        auto* row = new QHBoxLayout;
        row->setSpacing(metrics::gap);
        row->addWidget(left, leftShare, Qt::AlignTop);
        row->addWidget(right, rightShare, Qt::AlignTop);
        body()->addLayout(row);
    };
    m_entityRow = new FormRow(tr("Name"), m_entity, tr("Capitals, digits and _. Rules name it so."));
    pair(m_entityRow, 1, new FormRow(tr("Title"), m_title, tr("What people read.")), 1);
    body()->addWidget(m_how, 0, Qt::AlignLeft);
    m_patternRow = new FormRow(tr("Pattern"), m_pattern,
        tr("[0-9]{6} is six digits, [A-Z]+ capitals, \\b the edge of a word. It can never run long (RE2)."));
    m_wordsRow = new FormRow(tr("Words"), m_words, tr("One a line, up to %1.").arg(numberText(mostWords)));
    body()->addWidget(m_patternRow);
    body()->addWidget(m_wordsRow);
    body()->addWidget(new FormRow(
        tr("Certainty of a find, in percent"), m_score, tr("A rule says from which certainty on it acts.")));
    pair(new FormRow(tr("Words nearby"), m_nearby, tr("With commas between; may stay blank.")), 2,
        new FormRow(tr("They add, in percent"), m_change, tr("Below 0 they take away.")), 1);
    m_problem->setOverflow(Label::Overflow::wrap);
    body()->addWidget(m_problem);
    for (TextField* field : {m_entity, m_title, m_pattern, m_score, m_nearby, m_change})
        connect(field, &QLineEdit::textChanged, this, &DetectorDialog::typed);
    connect(m_words, &QPlainTextEdit::textChanged, this, &DetectorDialog::typed);
    connect(m_how, &Segmented::currentChanged, this, &DetectorDialog::typed);
}

void DetectorDialog::show(const OwnDetector& detector)
{
    m_entity->setText(text(detector.entity));
    m_title->setText(text(detector.title));
    m_how->setCurrent(detector.pattern.empty() && !detector.words.empty() ? wordsChoice : 0);
    m_pattern->setText(text(detector.pattern));
    m_words->setPlainText(listed(detector.words, QStringLiteral("\n")));
    m_score->setText(QString::number(detector.score));
    const Hotwords nearby = detector.hotwords.empty() ? Hotwords{} : detector.hotwords.front();
    m_nearby->setText(listed(nearby.words, QStringLiteral(", ")));
    m_change->setText(QString::number(nearby.change));
}

OwnDetector DetectorDialog::detector(QString& problem) const
{
    // Words nearby beyond the first list, and how far they reach, are kept as they came.
    OwnDetector made = m_begun;
    made.entity = utf8(m_entity->text().trimmed());
    made.title = utf8(m_title->text().trimmed());
    const bool byWords = m_how->current() == wordsChoice;
    made.pattern = byWords ? std::string() : utf8(m_pattern->text());
    const auto words = byWords ? wordsOf(m_words->toPlainText()) : std::vector<std::string>{};
    made.words.assign(words.begin(), words.end());
    bool isScore = false;
    made.score = m_score->text().trimmed().toULongLong(&isScore);
    bool isChange = false;
    const auto change = m_change->text().trimmed().toLongLong(&isChange);
    const auto nearby = wordsOf(m_nearby->text());
    if (nearby.empty()) {
        if (!made.hotwords.empty())
            made.hotwords.erase(made.hotwords.begin());
    } else {
        if (made.hotwords.empty())
            made.hotwords.push_back({});
        made.hotwords.front().words.assign(nearby.begin(), nearby.end());
        made.hotwords.front().change = change;
    }
    if (made.entity.empty())
        problem = tr("Give it a name.");
    else if (byWords ? words.empty() : made.pattern.empty())
        problem = byWords ? tr("Give it words.") : tr("Give it a pattern.");
    else if (words.size() > mostWords)
        problem = tr("%1 words are the most.").arg(numberText(mostWords));
    else if (!isScore || made.score > mostPercent)
        problem = tr("The certainty is a whole number from 0 to 100.");
    else if (nearby.size() > mostNearby)
        problem = tr("%1 words nearby are the most.").arg(mostNearby);
    else if (!nearby.empty() && (!isChange || change < -qlonglong(mostPercent) || change > qlonglong(mostPercent)))
        problem = tr("What words nearby add is a whole number from -100 to 100.");
    return made;
}

void DetectorDialog::typed()
{
    const bool byWords = m_how->current() == wordsChoice;
    m_patternRow->setVisible(!byWords);
    m_wordsRow->setVisible(byWords);
    m_isChecked = false;
    m_pause.start();
    judge();
}

void DetectorDialog::check()
{
    m_pause.stop();
    QString problem;
    const OwnDetector made = detector(problem);
    if (!problem.isEmpty())
        return;
    CheckProtection::Request ask{m_body};
    if (m_at < ask.body.detectors.size())
        ask.body.detectors[m_at] = made;
    else
        ask.body.detectors.push_back(made);
    m_ask.request<CheckProtection>(this, m_session, std::move(ask), [this](Result<CheckProtection::Response> answer) {
        m_isChecked = true;
        m_notChecked = answer ? QString() : tr("Not checked: %1").arg(errorLine(answer.error()));
        m_problems
            = answer ? problemsAt(answer->problems, "/detectors/" + std::to_string(m_at)) : std::vector<Problem>{};
        showProblems();
        judge();
    });
}

void DetectorDialog::showProblems()
{
    const std::string at = "/detectors/" + std::to_string(m_at);
    m_entityRow->setError(problemLines(problemsAt(m_problems, at + "/entity")));
    m_patternRow->setError(problemLines(problemsAt(m_problems, at + "/pattern")));
    m_wordsRow->setError(problemLines(problemsAt(m_problems, at + "/words")));
}

void DetectorDialog::judge()
{
    if (!m_act)
        return;
    QString problem;
    detector(problem);
    const auto wrong = std::ranges::find(m_problems, false, &Problem::warning);
    if (problem.isEmpty())
        problem = !m_isChecked          ? tr("It is being checked.")
            : !m_notChecked.isEmpty()   ? m_notChecked
            : wrong != m_problems.end() ? problemLines({*wrong})
                                        : QString();
    // What a field says below itself is not said twice.
    const std::string at = "/detectors/" + std::to_string(m_at);
    const bool isTold = wrong != m_problems.end() && problem == problemLines({*wrong})
        && std::ranges::any_of(std::array{"/entity", "/pattern", "/words"},
            [&](const char* part) { return !problemsAt({*wrong}, at + part).empty(); });
    m_problem->setText(m_isChecked && !isTold ? problem : QString());
    m_problem->setVisible(!m_problem->text().isEmpty());
    // What cannot be checked now may still be taken: saving checks it again.
    const bool takes = problem.isEmpty() || (m_isChecked && problem == m_notChecked);
    m_act->setEnabled(takes);
    m_act->setToolTip(takes ? QString() : problem);
}

}
