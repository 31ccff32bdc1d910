"""Domain: the fact catalogue. What a classification may be asked about, and nothing else.

Rulesets read these facts, forms ask for them; the names here are where both meet.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from levelkit.domain.base import Model

if TYPE_CHECKING:
    from collections.abc import Mapping

FactType = Literal["text", "date", "boolean", "count", "choice", "choices", "lines", "level", "refs", "harm"]


class FactOption(Model):
    """One value of a choice, and how people read it."""

    value: str
    label_vi: str


class FactSpec(Model):
    """One fact.

    Attributes:
        id: the key of the facts file.
        options: the values of ``choice``, ``choices``, ``refs``, and of each part of ``harm``.
        allowed: the numbers of ``level``; the first and last number of ``lines``.
        parts: of ``harm`` alone: the four subjects.
        unit_vi: of a count.
    """

    id: str
    type: FactType
    name_vi: str
    meaning_vi: str
    unit_vi: str = ""
    options: tuple[FactOption, ...] = ()
    allowed: tuple[int, ...] = ()
    parts: tuple[FactOption, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """The values of the options."""
        return tuple(option.value for option in self.options)

    def label(self, value: str) -> str:
        """Return how people read a value; the value itself where it has no label."""
        return next((option.label_vi for option in self.options if option.value == value), value)


def _options(**labels: str) -> tuple[FactOption, ...]:
    return tuple(FactOption(value=value, label_vi=label) for value, label in labels.items())


_HARM = _options(
    none="không tổn hại",
    harm="tổn hại",
    serious="tổn hại nghiêm trọng",
    extremely_serious="tổn hại đặc biệt nghiêm trọng",
)
HARM_PARTS = _options(
    rights="quyền và lợi ích hợp pháp của tổ chức, cá nhân",
    public_interest="lợi ích công cộng",
    social_order="trật tự, an toàn xã hội",
    national_security="an ninh quốc gia",
)
_GRADES = (
    FactOption(value="none", label_vi="không gắn với công trình được phân cấp"),
    *(FactOption(value=grade, label_vi=f"công trình cấp {grade}") for grade in ("IV", "III", "II", "I")),
    FactOption(value="special", label_vi="công trình cấp đặc biệt"),
)
_POINTS = ("a", "b", "c", "d", "dd", "e", "g")
_NATIONAL_SECURITY = (
    FactOption(value="16.1", label_vi="chỉ đạo, điều hành công trình quan trọng về an ninh quốc gia"),
    FactOption(value="16.2", label_vi="điều khiển công trình viễn thông quan trọng về an ninh quốc gia"),
    *(
        FactOption(value=f"16.3.{point}", label_vi=label)
        for point, label in zip(
            _POINTS,
            (
                "sự cố tác động trực tiếp đến độc lập, chủ quyền, sự tồn tại của chế độ",
                "sự cố gây hậu quả nghiêm trọng đến an ninh quốc gia, đối ngoại",
                "sự cố gây hậu quả nghiêm trọng đến nền kinh tế quốc dân",
                "sự cố gây thảm họa đối với đời sống con người, môi trường sinh thái",
                "sự cố gây hậu quả nghiêm trọng đến công trình cấp đặc biệt",
                "sự cố gây hậu quả nghiêm trọng đến hoạch định chính sách thuộc bí mật nhà nước",
                "sự cố ảnh hưởng nghiêm trọng đến chỉ đạo, điều hành ở trung ương",
            ),
            strict=True,
        )
    ),
)

_SPECS = (
    FactSpec(
        id="name", type="text", name_vi="Tên hệ thống thông tin", meaning_vi="Tên dùng trong mọi văn bản."
    ),
    FactSpec(
        id="ruleset",
        type="choice",
        name_vi="Bộ quy định áp dụng",
        meaning_vi="Khi nêu thì luôn được áp dụng; khi bỏ trống, bộ quy định được chọn theo ngày.",
        options=(
            FactOption(value="nd331-2026", label_vi="Nghị định số 331/2026/NĐ-CP"),
            FactOption(value="nd85-2016", label_vi="Nghị định số 85/2016/NĐ-CP"),
        ),
    ),
    FactSpec(
        id="as_of",
        type="date",
        name_vi="Ngày xác định cấp độ",
        meaning_vi="Ngày mà việc xác định cấp độ có giá trị.",
    ),
    FactSpec(
        id="investment_started",
        type="date",
        name_vi="Ngày bắt đầu đầu tư, xây dựng",
        meaning_vi="Ngày bắt đầu quá trình đầu tư, xây dựng hệ thống.",
    ),
    FactSpec(
        id="in_operation_since",
        type="date",
        name_vi="Ngày đưa vào vận hành",
        meaning_vi="Bỏ trống khi hệ thống chưa vận hành.",
    ),
    FactSpec(
        id="approval_planned",
        type="date",
        name_vi="Ngày dự kiến phê duyệt",
        meaning_vi="Cho biết danh mục ngành, nghề đầu tư kinh doanh có điều kiện nào còn áp dụng.",
    ),
    FactSpec(
        id="kinds",
        type="choices",
        name_vi="Loại hình hệ thống thông tin",
        meaning_vi="Một hệ thống có thể mang nhiều loại hình.",
        options=_options(
            internal="phục vụ hoạt động nội bộ",
            citizen_business="phục vụ người dân, doanh nghiệp",
            infrastructure="cơ sở hạ tầng thông tin",
            industrial_control="điều khiển công nghiệp",
            other="hệ thống thông tin khác",
        ),
    ),
    FactSpec(
        id="information",
        type="choices",
        name_vi="Loại thông tin được xử lý",
        meaning_vi="Theo thuộc tính bí mật; chọn mọi loại có trong hệ thống.",
        options=_options(
            public="thông tin công cộng",
            private="thông tin riêng",
            personal="thông tin cá nhân",
            state_secret="thông tin bí mật nhà nước",  # noqa: S106 – a class of information
        ),
    ),
    FactSpec(
        id="serves_defence_or_security",
        type="boolean",
        name_vi="Phục vụ quốc phòng, an ninh",
        meaning_vi="Hệ thống trực tiếp phục vụ quốc phòng, an ninh.",
    ),
    FactSpec(
        id="national_security_harm",
        type="choice",
        name_vi="Mức tổn hại tới an ninh quốc gia khi bị phá hoại",
        meaning_vi="Chỉ xét hệ thống xử lý bí mật nhà nước hoặc phục vụ quốc phòng, an ninh.",
        options=_HARM,
    ),
    FactSpec(
        id="strategic",
        type="boolean",
        name_vi="Mang tính chiến lược",
        meaning_vi="Hệ thống bí mật nhà nước hoặc quốc phòng, an ninh mang tính chiến lược.",
    ),
    FactSpec(
        id="conditional_business_lines",
        type="lines",
        name_vi="Ngành, nghề đầu tư kinh doanh có điều kiện",
        meaning_vi="Số thứ tự trong danh mục; danh sách trống nghĩa là đã tra cứu và không thuộc dòng nào.",
        allowed=(1, 198),
    ),
    FactSpec(
        id="settles_administrative_procedures",
        type="boolean",
        name_vi="Giải quyết thủ tục hành chính",
        meaning_vi="Hệ thống được dùng để giải quyết thủ tục hành chính.",
    ),
    FactSpec(
        id="basic_data_subjects",
        type="count",
        name_vi="Số chủ thể dữ liệu cá nhân cơ bản",
        meaning_vi="Số người khác nhau có dữ liệu cá nhân cơ bản trong hệ thống.",
        unit_vi="người",
    ),
    FactSpec(
        id="sensitive_data_subjects",
        type="count",
        name_vi="Số chủ thể dữ liệu cá nhân nhạy cảm",
        meaning_vi="Số người khác nhau có dữ liệu cá nhân nhạy cảm trong hệ thống.",
        unit_vi="người",
    ),
    FactSpec(
        id="infrastructure_reach",
        type="choice",
        name_vi="Phạm vi phục vụ của hạ tầng",
        meaning_vi="Chỉ xét hệ thống cơ sở hạ tầng thông tin.",
        options=_options(
            one_organisation="một cơ quan, tổ chức",
            sector_or_provinces="một bộ, một ngành, một tỉnh hoặc một số tỉnh",
            nationwide="toàn quốc",
            international="hạ tầng quốc gia kết nối với quốc tế",
        ),
    ),
    FactSpec(
        id="national_e_government",
        type="boolean",
        name_vi="Hệ thống quốc gia phục vụ Chính phủ điện tử",
        meaning_vi="Hệ thống thông tin quốc gia phục vụ phát triển Chính phủ điện tử.",
    ),
    FactSpec(
        id="always_on",
        type="boolean",
        name_vi="Vận hành 24/7",
        meaning_vi="Phải vận hành 24/7 và không chấp nhận ngừng vận hành mà không có kế hoạch trước.",
    ),
    FactSpec(
        id="construction_grade",
        type="choice",
        name_vi="Cấp công trình xây dựng",
        meaning_vi="Cấp của công trình mà hệ thống điều khiển công nghiệp trực tiếp vận hành.",
        options=_GRADES,
    ),
    FactSpec(
        id="national_security_works",
        type="boolean",
        name_vi="Công trình quan trọng về an ninh quốc gia",
        meaning_vi="Hệ thống điều khiển công trình quan trọng liên quan đến an ninh quốc gia.",
    ),
    FactSpec(
        id="nationally_critical_data_store",
        type="boolean",
        name_vi="Lưu trữ tập trung dữ liệu đặc biệt quan trọng của quốc gia",
        meaning_vi="Lưu trữ tập trung một số loại thông tin, dữ liệu đặc biệt quan trọng của quốc gia.",
    ),
    FactSpec(
        id="prime_minister_level",
        type="level",
        name_vi="Cấp độ do Thủ tướng Chính phủ quyết định",
        meaning_vi="0 khi không có quyết định nào.",
        allowed=(0, 2, 3, 4, 5),
    ),
    FactSpec(
        id="risk_assessed_level",
        type="level",
        name_vi="Cấp độ mà đánh giá rủi ro đòi hỏi",
        meaning_vi="0 khi đã đánh giá và kết quả không đòi hỏi cấp độ nào.",
        allowed=(0, 1, 2, 3, 4, 5),
    ),
    FactSpec(
        id="harm",
        type="harm",
        name_vi="Mức độ tổn hại khi bị sự cố hoặc vi phạm",
        meaning_vi="Bốn đối tượng bị tổn hại, mỗi đối tượng một mức.",
        options=_HARM,
        parts=HARM_PARTS,
    ),
    FactSpec(
        id="national_security_criteria",
        type="refs",
        name_vi="Tiêu chí hệ thống quan trọng về an ninh quốc gia",
        meaning_vi="Danh sách trống nghĩa là đã rà soát và không thuộc trường hợp nào.",
        options=_NATIONAL_SECURITY,
    ),
    FactSpec(
        id="online_public_service_grade",
        type="level",
        name_vi="Mức độ dịch vụ công trực tuyến",
        meaning_vi="0 khi không cung cấp dịch vụ công trực tuyến; chỉ dùng cho quy định cũ.",
        allowed=(0, 1, 2, 3, 4),
    ),
)

FACT_CATALOGUE: Mapping[str, FactSpec] = MappingProxyType({spec.id: spec for spec in _SPECS})
FACT_ORDER: Mapping[str, int] = MappingProxyType(
    {
        name: position
        for position, name in enumerate(
            name for spec in _SPECS for name in (spec.id, *(f"{spec.id}.{part.value}" for part in spec.parts))
        )
    }
)
