#include "ui/kit/gallery_pages.h"

#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/chip.h"
#include "ui/kit/field.h"
#include "ui/kit/gallery.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/key_hint.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/kit/switch.h"
#include "ui/kit/theme.h"
#include "ui/kit/time_range_picker.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QRadioButton>
#include <QVBoxLayout>

namespace ephor::ui {

namespace {

std::vector<GalleryPage>& pageTable()
{
    static std::vector<GalleryPage> pages{{"controls", galleryControlsPage}, {"states", galleryStatesPage},
        {"cards", galleryCardsPage}, {"tables", galleryTablesPage}, {"lists", galleryListsPage},
        {"messages", galleryMessagesPage}, {"dialogs", galleryDialogsPage}, {"text", galleryTextPage},
        {"run", galleryRunPage}, {"matrix", galleryMatrixPage}, {"shell", galleryShellPage},
        {"colors", galleryColorsPage}};
    return pages;
}

QString latin(const char* text)
{
    return QString::fromUtf8(text);
}

template <typename Widget> Widget* disabled(Widget* widget)
{
    widget->setEnabled(false);
    return widget;
}

Button* galleryButton(const char* text, Button::Role role, Icon glyph = Icon::none)
{
    auto* button = new Button(latin(text), role);
    button->setGlyph(glyph);
    return button;
}

}

const std::vector<GalleryPage>& galleryPages()
{
    return pageTable();
}

void addGalleryPage(const char* name, std::function<QWidget*()> make)
{
    for (const GalleryPage& page : pageTable()) {
        if (QLatin1String(page.name) == QLatin1String(name))
            return;
    }
    pageTable().push_back({name, std::move(make)});
}

QWidget* galleryPage(QVBoxLayout*& rows)
{
    auto* page = new QWidget;
    rows = new QVBoxLayout(page);
    rows->setContentsMargins(
        metrics::contentPadding, metrics::contentPadding, metrics::contentPadding, metrics::contentPadding);
    rows->setSpacing(metrics::gap);
    return page;
}

Card* galleryRow(const QString& title, const std::vector<QWidget*>& widgets)
{
    auto* card = new Card(title);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::space8);
    for (QWidget* widget : widgets)
        row->addWidget(widget);
    row->addStretch(1);
    card->body()->addLayout(row);
    return card;
}

QWidget* galleryControlsPage()
{
    QVBoxLayout* rows = nullptr;
    QWidget* page = galleryPage(rows);
    auto* approve = galleryButton("Approve", Button::Role::secondary, Icon::check);
    approve->setKeyHint(latin("Alt A"));
    approve->setSize(Button::Size::large);
    auto* live = galleryButton("Live", Button::Role::secondary);
    live->setDot(Token::ok);
    auto* compact = galleryButton("Re-run", Button::Role::secondary, Icon::play);
    compact->setSize(Button::Size::compact);
    auto* bell = new IconButton(Icon::bell, latin("Notifications"));
    bell->setCount(3);
    rows->addWidget(galleryRow(latin("Buttons"),
        {galleryButton("Show proof", Button::Role::primary, Icon::seal),
            galleryButton("Arguments", Button::Role::secondary), galleryButton("Discard", Button::Role::quiet),
            galleryButton("Stop", Button::Role::danger, Icon::stop),
            galleryButton("Erase record", Button::Role::dangerSolid), approve, live, compact,
            disabled(galleryButton("Submit change", Button::Role::secondary)), bell,
            new LinkLabel(latin("Open inbox"))}));
    auto* wrong = new TextField(latin("Amount"));
    wrong->setText(latin("12,34,5"));
    wrong->setError(latin("Not an amount"));
    auto* search = new SearchField(latin("Agent or operation"));
    search->setKeyHint(latin("/"));
    auto* name = new TextField(latin("Name"));
    name->setText(latin("Customer refunds"));
    rows->addWidget(galleryRow(latin("Fields"), {name, wrong, search, disabled(new TextField(latin("Read only")))}));
    auto* team = new Select(latin("Team"));
    team->addItems({latin("all 5"), latin("Finance"), latin("People")});
    team->setPrefix(latin("Team: "));
    team->setGlyph(Icon::team);
    auto* choice = new Select(latin("Recorded input"));
    choice->addItems({latin("Case 4711, recorded 13:52"), latin("Case 4712")});
    auto* segments = new Segmented(
        latin("Side effect"), {latin("All 16"), latin("Reads 6"), latin("Writes 6"), latin("Leaves the bank 4")});
    rows->addWidget(galleryRow(latin("Choices"), {team, choice, segments, new TimeRangePicker}));
    auto* on = new Switch(latin("Live tail"));
    on->setChecked(true);
    auto* checked = new QCheckBox(latin("Differences only"));
    checked->setChecked(true);
    auto* radio = new QRadioButton(latin("Evidence supports it"));
    radio->setChecked(true);
    rows->addWidget(galleryRow(latin("On and off"),
        {on, new Switch(latin("Reduced motion")), disabled(new Switch(latin("Managed"))), checked,
            new QCheckBox(latin("Show quiet ones")), radio, new QRadioButton(latin("Wrong amount"))}));
    auto* chip = new Chip(latin("revision 7"));
    auto* locked = new Chip(latin("masked"));
    locked->setGlyph(Icon::lock);
    rows->addWidget(galleryRow(latin("Chips and keys"),
        {chip, locked, new FilterChip(latin("status"), latin("failed")),
            new FilterChip(latin("agent"), latin("refunds")), new FilterChip({}, latin("Card number")),
            new SimulatedTag, new KeyHint(latin("Ctrl K")), new KeyHint(latin("Enter"))}));
    auto* purpose = new TextField(latin("Purpose"));
    auto* form = new FormRow(latin("Purpose"), purpose, latin("Kept in the record with your name."));
    auto* limit = new TextField(latin("Limit"));
    limit->setText(latin("minus five"));
    auto* broken = new FormRow(latin("Limit"), limit, latin("In euros."));
    broken->setError(latin("Not a number; write 1000 or 1000.00."));
    rows->addWidget(galleryRow(latin("Form rows"), {form, broken}));
    rows->addStretch(1);
    return page;
}

QWidget* galleryStatesPage()
{
    QVBoxLayout* rows = nullptr;
    QWidget* page = galleryPage(rows);
    static constexpr State all[]{State::ok, State::running, State::waiting, State::warning, State::failed,
        State::denied, State::paused, State::draft, State::unknown};
    std::vector<QWidget*> badges;
    std::vector<QWidget*> words;
    std::vector<QWidget*> glyphs;
    for (const State state : all) {
        badges.push_back(new StatusBadge(state));
        words.push_back(new StatusText(state));
        glyphs.push_back(new SeverityGlyph(state));
    }
    auto* large = new StatusBadge(State::denied, latin("Deny"));
    large->setLarge();
    badges.push_back(large);
    badges.push_back(new StatusBadge(State::neutral, latin("v41")));
    rows->addWidget(galleryRow(latin("Badges"), badges));
    rows->addWidget(galleryRow(latin("In rows"), words));
    rows->addWidget(galleryRow(latin("Glyphs"), glyphs));
    auto* icons = new Card(latin("Icons"));
    auto* grid = new QGridLayout;
    grid->setSpacing(metrics::space12);
    constexpr int columns = 18;
    for (int at = 1; at < static_cast<int>(Icon::count); ++at)
        grid->addWidget(
            new IconView(static_cast<Icon>(at), Token::textPrimary, 20), (at - 1) / columns, (at - 1) % columns);
    icons->body()->addLayout(grid);
    rows->addWidget(icons);
    rows->addStretch(1);
    return page;
}

QWidget* galleryColorsPage()
{
    QVBoxLayout* rows = nullptr;
    QWidget* page = galleryPage(rows);
    auto* type = new Card(latin("Type"));
    static constexpr std::pair<TextStyle, const char*> styles[]{{TextStyle::display, "Display 12.8k"},
        {TextStyle::title, "Title: CH-418 Customer refunds"}, {TextStyle::heading, "Heading: nothing was paid"},
        {TextStyle::body, "Body: the invoice told it to change the payee"}, {TextStyle::strong, "Strong"},
        {TextStyle::small, "Small: same window, Tue 10 Mar 09:30 to now"}, {TextStyle::micro, "Micro label"},
        {TextStyle::mono, "mono vd_01JPF3K8Q7X2N9-8f3a21-7 != =>"}};
    for (const auto& [style, text] : styles)
        type->body()->addWidget(new Label(latin(text), style));
    rows->addWidget(type);
    auto* colors = new Card(latin("Text on every ground"));
    static constexpr Token texts[]{Token::textPrimary, Token::textSecondary, Token::textMuted, Token::link, Token::ok,
        Token::warn, Token::error, Token::info};
    auto* row = new QHBoxLayout;
    for (const Token text : texts)
        row->addWidget(new Label(latin("Abc 123"), TextStyle::strong, text));
    colors->body()->addLayout(row);
    rows->addWidget(colors);
    rows->addStretch(1);
    return page;
}

}
