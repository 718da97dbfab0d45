#include "ui/screens/policies/protection_page.h"

#include "core/base/json.h"
#include "core/domain/reflect.h"
#include "ui/bridge/definition_words.h"
#include "ui/bridge/entity_titles.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/dialogs.h"
#include "ui/kit/field.h"
#include "ui/kit/problem_list.h"
#include "ui/kit/select.h"
#include "ui/screens/policies/answer_box.h"
#include "ui/screens/policies/detector_dialog.h"
#include "ui/screens/policies/list_box.h"
#include "ui/screens/policies/protection_rule_dialog.h"
#include "ui/screens/policies/protection_try.h"

#include <QCheckBox>
#include <algorithm>
#include <array>

namespace ephor::ui::policies {

namespace {

/// How long typing must pause before the protection is checked.
constexpr int protectionPause = 300;
constexpr int rulesView = 1;
constexpr int callsView = 2;
constexpr int detectorsView = 3;
constexpr int exceptionsView = 4;
constexpr int tryView = 5;
/// As ProtectionBody::rules and ProtectionBody::detectors.
constexpr std::size_t mostRules = 128;
constexpr std::size_t mostDetectors = 64;
/// Shortest reason that protections.except takes.
constexpr std::size_t shortestReason = 3;

// The index behind "/rules/" in "/rules/3/what/0"; nothing where the pointer leads elsewhere.
std::optional<std::size_t> indexBehind(const std::string& pointer, const std::string& list)
{
    if (!pointer.starts_with(list))
        return std::nullopt;
    bool isNumber = false;
    const auto at = text(pointer.substr(list.size())).section(u'/', 0, 0).toULongLong(&isNumber);
    return isNumber ? std::optional<std::size_t>(at) : std::nullopt;
}

}

ProtectionPage::ProtectionPage(ScreenContext& pageContext, QWidget* parent)
    : FormPage(DefinitionKind::Protection, pageContext, parent)
    , m_try(new ProtectionTry(pageContext, this))
{
    QWidget* const rules = makeRules();
    QWidget* const calls = makeCalls();
    QWidget* const detectors = makeDetectors();
    QWidget* const exceptions = makeExceptions();
    m_problemList = new ProblemList(tr("Problems"), this);
    connect(m_problemList, &ProblemList::chosen, this, &ProtectionPage::goTo);
    belowEditor = m_problemList;
    assemble({{tr("Rules"), rules}, {tr("Calls and answers"), calls}, {tr("Own detectors"), detectors},
                 {tr("Exceptions"), exceptions}, {tr("Try it"), m_try}},
        nullptr, 0);
    join();
    // What is tried is no part of the draft: it is kept nowhere.
    formMade({rules, calls});
}

void ProtectionPage::join()
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(protectionPause);
    connect(&m_pause, &QTimer::timeout, this, &ProtectionPage::check);
    connect(m_title, &QLineEdit::textChanged, this, &ProtectionPage::typed);
    for (QPlainTextEdit* words : {m_description, m_hosts})
        connect(words, &QPlainTextEdit::textChanged, this, &ProtectionPage::typed);
    for (Select* select : {m_flows, m_trust})
        connect(select, &QComboBox::currentIndexChanged, this, &ProtectionPage::typed);
    connect(m_reveal, &QCheckBox::toggled, this, &ProtectionPage::typed);
    connect(m_answers, &AnswerBox::edited, this, &ProtectionPage::typed);
    connect(m_keptText, &QPlainTextEdit::textChanged, this, &ProtectionPage::keptChanged);
    connect(m_rules, &ListBox::addWanted, this, &ProtectionPage::addRule);
    connect(m_rules, &ListBox::editWanted, this, &ProtectionPage::editRule);
    connect(m_detectors, &ListBox::addWanted, this, &ProtectionPage::addDetector);
    connect(m_detectors, &ListBox::editWanted, this, &ProtectionPage::editDetector);
    const auto removes = [this](ListBox* box, auto member) {
        connect(box, &ListBox::removeWanted, this, [this, member](quint64 at) {
            change([at, member](ProtectionBody& body) {
                auto& list = body.*member;
                if (at < list.size())
                    list.erase(list.begin() + std::ptrdiff_t(at));
            });
        });
    };
    removes(m_rules, &ProtectionBody::rules);
    removes(m_detectors, &ProtectionBody::detectors);
    removes(m_exceptions, &ProtectionBody::exceptions);
    connect(m_try, &ProtectionTry::exceptWanted, this, &ProtectionPage::askException);
    showLists();
}

void ProtectionPage::change(const std::function<void(ProtectionBody&)>& edit)
{
    ProtectionBody body = m_kept;
    edit(body);
    m_kept = body;
    m_keptText->setPlainText(protectionText(body));
    showLists();
    typed();
}

void ProtectionPage::keptChanged()
{
    // Only this page writes there, so it can be read but for the moment in which one text takes the place of another.
    auto kept = protectionBody({utf8(m_keptText->toPlainText())});
    if (!kept)
        return;
    m_kept = std::move(*kept);
    showLists();
    typed();
}

void ProtectionPage::showLists()
{
    m_rules->setRows(protectionRuleCells(m_kept, m_known, m_problems));
    m_detectors->setRows(detectorCells(m_kept, m_problems));
    m_exceptions->setRows(exceptionCells(m_kept, m_known, m_problems));
}

void ProtectionPage::write(const ProtectionBody& body)
{
    m_title->setText(text(body.title));
    m_description->setPlainText(text(body.description));
    m_problems.clear();
    m_kept = body;
    showLists();
    m_keptText->setPlainText(protectionText(body));
    m_flows->setCurrentIndex(std::max(0, m_flows->findData(int(body.flows))));
    m_trust->setCurrentIndex(std::max(0, m_trust->findData(int(body.trust))));
    m_reveal->setChecked(body.reveal);
    m_answers->show(body);
    QStringList hosts;
    for (const std::string& host : body.allowedHosts)
        hosts << text(host);
    m_hosts->setPlainText(hosts.join(u'\n'));
    m_pause.start();
    judgeExcepting();
}

std::optional<ProtectionBody> ProtectionPage::read(QString& problem) const
{
    ProtectionBody body = m_kept;
    body.title = utf8(m_title->text().trimmed());
    body.description = utf8(m_description->toPlainText());
    body.flows = FlowMode(m_flows->currentData().toInt());
    body.trust = FlowMode(m_trust->currentData().toInt());
    body.reveal = m_reveal->isChecked();
    const auto hosts = wordsOf(m_hosts->toPlainText());
    body.allowedHosts.assign(hosts.begin(), hosts.end());
    m_answers->read(body, problem);
    if (!problem.isEmpty())
        return std::nullopt;
    return body;
}

Result<ProtectionBody> ProtectionPage::bodyOf(const DefinitionVersion& version) const
{
    return protectionBody(version.body);
}

QString ProtectionPage::jsonOf(const ProtectionBody& body) const
{
    return protectionText(body);
}

QString ProtectionPage::whyNotSave() const
{
    if (m_title->text().trimmed().isEmpty())
        return tr("Give it a title.");
    QString unreadable;
    if (!read(unreadable))
        return unreadable;
    const auto first = std::ranges::find(m_problems, false, &Problem::warning);
    return first == m_problems.end() ? QString() : text(first->message);
}

void ProtectionPage::typedOn()
{
    m_pause.start();
    judgeExcepting();
}

void ProtectionPage::versionsKnown()
{
    judgeExcepting();
}

void ProtectionPage::check()
{
    m_pause.stop();
    QString ignored;
    const auto body = read(ignored);
    if (!body || (name().isEmpty() && !isNew()))
        return;
    m_try->setBody(body);
    m_askCheck.request<CheckProtection>(this, session(), {*body}, [this](Result<CheckProtection::Response> answer) {
        m_notChecked = answer ? QString() : tr("Not checked: %1").arg(errorLine(answer.error()));
        showChecked(answer ? *answer : CheckProtection::Response{});
    });
}

void ProtectionPage::showChecked(const CheckProtection::Response& checked)
{
    m_problems = checked.problems;
    std::ranges::stable_partition(m_problems, [](const Problem& problem) { return !problem.warning; });
    // Only what compiles is listed; with a mistake the names from before still help.
    if (!checked.entities.empty())
        m_known = checked.entities;
    m_try->setEntities(m_known);
    showLists();
    showProblems();
    edited();
    judgeExcepting();
}

void ProtectionPage::showProblems()
{
    if (!m_notChecked.isEmpty())
        return m_problemList->setProblems({{.message = m_notChecked}});
    std::vector<ShownProblem> shown;
    for (const Problem& problem : m_problems)
        shown.push_back({problem.warning ? State::warning : State::failed, text(problem.message), text(problem.hint),
            tr("Go to it")});
    m_problemList->setProblems(shown);
}

void ProtectionPage::goTo(std::size_t problem)
{
    if (problem >= m_problems.size())
        return;
    const std::string& at = m_problems[problem].at;
    const auto show = [&](ListBox* box, int view, const std::string& list) {
        const auto row = indexBehind(at, list);
        if (!row)
            return false;
        chooseView(view);
        box->choose(*row);
        return true;
    };
    if (show(m_rules, rulesView, "/rules/") || show(m_detectors, detectorsView, "/detectors/")
        || show(m_exceptions, exceptionsView, "/exceptions/"))
        return;
    const auto isAbout = [&at](std::string_view member) { return at.starts_with(member); };
    constexpr std::array ofAnswers{"/grounded", "/ungrounded", "/judge", "/marker"};
    const bool isHosts = isAbout("/allowedHosts");
    const bool isAnswers = std::ranges::any_of(ofAnswers, isAbout);
    chooseView(isHosts || isAnswers ? callsView : rulesView);
    (isHosts ? static_cast<QWidget*>(m_hosts) : isAnswers ? static_cast<QWidget*>(m_answers) : m_title)->setFocus();
}

void ProtectionPage::addRule()
{
    editRule(m_kept.rules.size());
}

void ProtectionPage::editRule(std::size_t at)
{
    chooseView(rulesView);
    if (at >= mostRules)
        return m_rules->setNote(tr("%1 rules are the most a protection holds.").arg(mostRules));
    // Before the first check, and while there is a mistake, the kinds that Ephor knows by itself still help.
    const Entities& known = m_known.empty() ? EntityTitles::of(session()).known() : m_known;
    auto* dialog
        = new ProtectionRuleDialog(at < m_kept.rules.size() ? m_kept.rules[at] : ProtectionRule{}, known, this);
    connect(dialog, &ProtectionRuleDialog::chosen, this, [this, at](const ProtectionRule& rule) {
        change([&](ProtectionBody& body) {
            if (at < body.rules.size())
                body.rules[at] = rule;
            else
                body.rules.push_back(rule);
        });
    });
    dialog->open();
}

void ProtectionPage::addDetector()
{
    editDetector(m_kept.detectors.size());
}

void ProtectionPage::editDetector(std::size_t at)
{
    chooseView(detectorsView);
    if (at >= mostDetectors)
        return m_detectors->setNote(tr("%1 detectors are the most a protection holds.").arg(mostDetectors));
    QString problem;
    const auto typedNow = read(problem);
    if (!typedNow)
        return m_detectors->setNote(problem);
    auto* dialog = new DetectorDialog(session(), *typedNow, at, this);
    connect(dialog, &DetectorDialog::chosen, this, [this, at](const OwnDetector& detector) {
        change([&](ProtectionBody& body) {
            if (at < body.detectors.size())
                body.detectors[at] = detector;
            else
                body.detectors.push_back(detector);
        });
    });
    dialog->open();
}

void ProtectionPage::showTry()
{
    chooseView(tryView);
    m_try->setFocus();
}

void ProtectionPage::judgeExcepting()
{
    m_try->setExcepting(!session().may(Permission::EditDefinitions)
            ? tr("Your role does not include \u201C%1\u201D.").arg(word(Permission::EditDefinitions))
            : isNew() || isEdited() || newestVersion(versions()) == 0
            ? tr("Save the protection first: an exception becomes a version of its own.")
            : shownVersion() != newestVersion(versions()) ? tr("Open the newest version first.")
                                                          : QString());
}

void ProtectionPage::askException(const QString& entity, const QString& title, const QString& value)
{
    auto* dialog = new ReasonDialog(
        {.title = tr("A false alarm?"),
            .text
            = tr("The value, found as \u201C%1\u201D, will be no find any more. Only a digest of it is kept. This "
                 "saves %2 of the protection; it binds once a change has released that version.")
                .arg(title.isEmpty() ? entity : title, versionText(newestVersion(versions()) + 1)),
            .reasons = {tr("It is an example, not a real one"), tr("It is public anyway"), tr("It is something else")},
            .accept = tr("Save the exception")},
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this, dialog, entity, value] {
        if (dialog->outcome() == ReasonDialog::Outcome::accepted)
            except(entity, value, dialog->reason());
    });
    dialog->open();
}

void ProtectionPage::except(const QString& entity, const QString& value, const QString& reason)
{
    ExceptFinding::Request ask;
    ask.name = utf8(name());
    ask.entity = utf8(entity);
    ask.value = utf8(value);
    ask.reason = utf8(reason);
    ask.expectedVersion = newestVersion(versions());
    if (ask.reason.size() < shortestReason)
        return setStatus(tr("Say why in a few words."));
    request<ExceptFinding>(this, session(), std::move(ask), [this](Result<ExceptFinding::Response> answer) {
        if (!answer)
            return saved(std::unexpected<Error>(answer.error()));
        Notice notice;
        notice.id = QStringLiteral("exception-") + name();
        notice.state = State::ok;
        notice.title = tr("Exception saved as %1. It binds once a change has released it.")
                           .arg(versionText(answer->saved.version));
        notice.at = now();
        notice.route = routes::definition(librarySegment(DefinitionKind::Protection), name()).format();
        Q_EMIT notify(notice);
        saved(answer->saved);
    });
}

}
