"""Proposals to be printed: one for every level and route, one with almost nothing answered."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from PIL import Image, ImageDraw

from levelkit.domain.attachment import AttachmentMeta
from levelkit.domain.proposal import DocumentSpec, ProposalDossier, Role, Route, RulesetId
from levelkit.dossier import DossierContext, assemble

from .fakes import FakeForms, FakeLibrary
from .judged import classification

RULESET = RulesetId(id="nd331-2026", version="1.0.0", sha256="0" * 64)


def picture(width: int = 900, height: int = 500) -> bytes:
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    for left in range(40, width - 200, 210):
        draw.rectangle((left, height // 3, left + 160, height // 3 + 90), outline="black", width=3)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


PICTURE = picture()
PICTURE_SHA = hashlib.sha256(PICTURE).hexdigest()
DESIGN = b"%PDF-1.4\n%%EOF\n"
DESIGN_SHA = hashlib.sha256(DESIGN).hexdigest()
STORE = {PICTURE_SHA: PICTURE, DESIGN_SHA: DESIGN}


def stored(sha256: str) -> bytes:
    return STORE[sha256]


def _attached(sha256: str, name: str, media_type: str, data: bytes) -> dict[str, Any]:
    return {"sha256": sha256, "name": name, "media_type": media_type, "size": len(data)}


_PROSE = (
    "Hệ thống tiếp nhận đơn hàng của khách hàng doanh nghiệp, cung cấp giao diện lập trình để khách hàng "
    "tạo vận đơn, tra cứu hành trình bưu gửi và đối soát tiền thu hộ.\n"
    "- Giao tiếp qua HTTPS, xác thực bằng khóa riêng của từng khách hàng;\n"
    "- Dữ liệu được sao lưu hằng ngày tại trung tâm dữ liệu dự phòng."
)


def answers(level: int, stage: str = "in_operation") -> dict[str, Any]:
    given: dict[str, Any] = {
        "owner.name": "Tổng công ty Cổ phần Bưu chính Sao Mai",
        "owner.short_code": "SM",
        "owner.functions_document": "Điều lệ tổ chức và hoạt động, Nghị quyết số 01/NQ-SM ngày 05/01/2024",
        "owner.representative": "Trần Thị Minh Hạnh",
        "owner.position": "Tổng Giám đốc",
        "owner.address": "Số 12 phố Hàng Vải, phường Hoàn Kiếm, thành phố Hà Nội",
        "owner.phone": "024 3999 0000",
        "owner.email": "vanthu@saomai.example",
        "owner.ministry": "none",
        "operator.name": "Trung tâm Công nghệ thông tin",
        "operator.short_code": "CNTT",
        "operator.functions_document": "Quyết định số 45/QĐ-SM ngày 12/3/2025 của Tổng Giám đốc",
        "operator.representative": "Lê Hoàng Nam",
        "operator.position": "Giám đốc Trung tâm",
        "operator.address": "Tầng 6, số 12 phố Hàng Vải, phường Hoàn Kiếm, thành phố Hà Nội",
        "operator.phone": "024 3999 0006",
        "operator.email": "cntt@saomai.example",
        "security.form": "unit",
        "security.name": "Phòng An ninh mạng",
        "security.short_code": "ANM",
        "security.functions_document": "Quyết định số 46/QĐ-SM ngày 12/3/2025 của Tổng Giám đốc",
        "security.representative": "Phạm Quốc Việt",
        "security.position": "Trưởng phòng",
        "security.address": "Tầng 7, số 12 phố Hàng Vải, phường Hoàn Kiếm, thành phố Hà Nội",
        "security.phone": "024 3999 0007",
        "security.email": "anm@saomai.example",
        "system.name": "Cổng khách hàng doanh nghiệp và giao diện lập trình ứng dụng",
        "system.function": _PROSE,
        "system.stage": stage,
        "system.scope": "Gồm cổng web, giao diện lập trình, cơ sở dữ liệu đơn hàng và chức năng đối soát.",
        "system.size": "42 máy chủ ảo, 12.000 khách hàng doanh nghiệp, trung bình 180.000 vận đơn mỗi ngày.",
        "system.users": "Khách hàng doanh nghiệp, nhân viên kinh doanh và chăm sóc khách hàng.",
        "system.url": "https://shop.saomai.example",
        "system.hosting": ["self", "cloud"],
        "scope.business_function": "Cùng phục vụ quy trình nhận đơn, theo dõi và đối soát.",
        "scope.data_flow": "Các thành phần dùng chung cơ sở dữ liệu đơn hàng.",
        "scope.dependency": "Giao diện lập trình ngừng thì cổng web không tạo được vận đơn.",
        "scope.incident_impact": "Sự cố của cơ sở dữ liệu làm gián đoạn toàn bộ quy trình.",
        "information": ["private", "personal"],
        "information.description": "Thông tin đơn hàng, người gửi, người nhận.",
        "data_kinds": ["name", "phone", "address", "location"],
        "basic_data_subjects": 1850000,
        "sensitive_data_subjects": 3200,
        "count.method": "Đếm theo số điện thoại duy nhất, cộng dồn mọi vai trò.",
        "count.date": "2026-10-31",
        "count.source": "Truy vấn cơ sở dữ liệu đơn hàng",
        "count.forecast_basic": 2400000,
        "count.forecast_sensitive": 5000,
        "count.forecast_date": "2027-12-31",
        "count.forecast_basis": "Tốc độ tăng bình quân hai năm gần nhất.",
        "kinds": ["citizen_business"],
        "kinds.reason": "Trực tiếp cung cấp dịch vụ trực tuyến cho khách hàng.",
        "services.online": "Tạo vận đơn, tra cứu hành trình, đối soát tiền thu hộ.",
        "conditional_business_lines": [97],
        "risk.date": "2026-10-05",
        "risk.assets": "Cơ sở dữ liệu đơn hàng; kho khóa; giao diện lập trình.",
        "risk.information": "Thông tin riêng, thông tin cá nhân.",
        "risk.identification": "Lộ khóa của khách hàng; khai thác lỗ hổng ứng dụng web.",
        "risk.likelihood_impact": "Khả năng trung bình; ảnh hưởng lớn tới quyền và lợi ích của khách hàng.",
        "risk.capability": "Giám sát 24/7, đội ứng cứu sự cố 05 người.",
        "risk.mitigation": "Xoay vòng khóa, tường lửa ứng dụng web, kiểm thử xâm nhập hằng năm.",
        "risk.communication": "Báo cáo quý tới Tổng Giám đốc.",
        "risk.threats": [
            {
                "threat": "Lộ khóa truy cập của khách hàng",
                "weakness": "Khóa lưu ở phía khách hàng",
                "likelihood": 3,
                "effect": 4,
                "affected": "Khách hàng doanh nghiệp",
                "harm_subject": "rights",
                "harm_degree": "serious",
                "capability": "Giám sát lượng gọi theo khóa",
                "treatment": "reduce",
                "measure": "Giới hạn địa chỉ, xoay vòng khóa 90 ngày",
                "residual_likelihood": 2,
                "residual_effect": 3,
                "owner": "Phòng An ninh mạng",
                "due": "2026-12-20",
            },
            {
                "threat": "Tấn công từ chối dịch vụ",
                "weakness": "Điểm vào Internet",
                "likelihood": 3,
                "effect": 3,
                "affected": "Toàn bộ người dùng",
                "measure": "Dịch vụ lọc lưu lượng",
            },
        ],
        "harm.assumptions": "Tối đa 1.850.000 người bị lộ thông tin đơn hàng.",
        "risk.conclusion": f"Kết quả đánh giá rủi ro phù hợp với cấp độ {level}.",
        "arch.logical": "Năm vùng mạng: biên, web, ứng dụng, dữ liệu, quản trị.",
        "arch.logical_picture": _attached(PICTURE_SHA, "mo-hinh-lo-gic.png", "image/png", PICTURE),
        "arch.physical": "Triển khai trên nền tảng điện toán đám mây tại Hà Nội.",
        "arch.physical_picture": _attached(PICTURE_SHA, "mo-hinh-lo-gic.png", "image/png", PICTURE),
        "devices": [
            {
                "name": "Tường lửa biên",
                "model": "Fortigate 200F",
                "quantity": 2,
                "location": "Trung tâm dữ liệu Hà Nội",
                "purpose": "Kiểm soát truy cập từ Internet",
                "zone": "Biên (Internet)",
            },
            {
                "name": "Máy chủ ứng dụng",
                "model": "Máy chủ ảo 8 vCPU",
                "quantity": 12,
                "location": "Trung tâm dữ liệu Hà Nội",
                "purpose": "Chạy giao diện lập trình",
                "zone": "Ứng dụng",
            },
        ],
        "services": [
            {
                "name": "Cổng khách hàng",
                "servers": "shop-web-01, shop-web-02",
                "os": "Ubuntu 24.04",
                "location": "Vùng Web",
                "purpose": "Giao diện web cho khách hàng",
            }
        ],
        "zones": [
            {
                "name": "Biên (Internet)",
                "private_ip": "10.20.0.0/24",
                "public_ip": "203.0.113.10",
                "vlan": "20",
                "purpose": "Tiếp nhận truy cập",
            },
            {
                "name": "Dữ liệu",
                "private_ip": "10.20.30.0/24\n10.20.31.0/24",
                "public_ip": None,
                "vlan": "30",
                "purpose": "Cơ sở dữ liệu",
            },
        ],
        "connections": [
            {
                "from": "API",
                "to": "Ngân hàng đối tác",
                "content": "Đối soát tiền thu hộ",
                "frequency": "Hằng ngày",
            }
        ],
        "design.title": "Hồ sơ thiết kế thi công Cổng khách hàng",
        "design.number": "18/TKTC-CNTT",
        "design.date": "2025-02-03",
        "design.approver": "Tổng Giám đốc",
        "design.file": _attached(DESIGN_SHA, "thiet-ke.pdf", "application/pdf", DESIGN),
        "regulation.title": "Quy chế bảo đảm an ninh mạng",
        "regulation.number": "88/QĐ-SM",
        "regulation.date": "2026-09-01",
        "regulation.issuer": "Tổng Giám đốc",
        "plan.shared": "Dùng chung hệ thống giám sát và sao lưu của Tổng công ty.",
        "duties.postal": "Che một phần số điện thoại trên nhãn và trang tra cứu.",
    }
    for question in [
        "plan.design_build",
        "plan.operation",
        "plan.inspection",
        "plan.risk",
        "plan.monitoring",
        "plan.continuity",
        "plan.end_of_life",
        "mgmt.policy",
        "mgmt.organisation",
        "mgmt.people",
        "mgmt.design",
        "mgmt.operation",
        "mgmt.risk",
        "mgmt.end",
        "tech.network",
        "tech.server",
        "tech.application",
        "tech.data",
    ]:
        given[question] = _PROSE
        given[f"{question}.status"] = "met" if "plan" in question else "partly"
    if level >= 4:
        given["always_on"] = True
        for part in ("related_systems", "attacks", "impact", "always_on"):
            given[f"detail.{part}"] = _PROSE
        given |= {
            "opinion.number": "31/ANM",
            "opinion.date": "2026-11-02",
            "opinion.issuer": "Phòng An ninh mạng",
            "opinion.conclusion": "fit",
        }
    if stage in {"new_build", "upgrade"}:
        given |= {
            "project.name": "Dự án nâng cấp hạ tầng khai thác",
            "project.investor": "Ban Quản lý dự án",
            "project.placement": "bcktkt",
            "design.title": "Thiết kế sơ bộ Cổng khách hàng",
        }
    if stage == "hired_service":
        given |= {
            "project.name": "Kế hoạch thuê dịch vụ phần mềm nhân sự",
            "project.investor": "Trung tâm Công nghệ thông tin",
            "project.placement": "ke_hoach_thue",
            "operator.hired": True,
            "operator.hired_basis": "contract",
            "operator.contract": "Hợp đồng số 12/2026/HĐ-SM",
        }
    return given | _signing()


def _signing() -> dict[str, Any]:
    operator = {
        "place": "Hà Nội",
        "symbol": "CNTT",
        "authority": "none",
        "title": "Giám đốc",
        "signatory": "Lê Hoàng Nam",
    }
    owner = {
        "place": "Hà Nội",
        "symbol": "ANM",
        "authority": "KT",
        "title": "Phó Tổng Giám đốc",
        "head_title": "Tổng Giám đốc",
        "signatory": "Nguyễn Đức Bình",
        "recipients": "Ban Kiểm soát;\nLưu: VT, ANM (03).",
    }
    unit = {"place": "Hà Nội", "authority": "none", "title": "Trưởng phòng", "signatory": "Phạm Quốc Việt"}
    per_document = {
        "thuyet-minh": operator | {"date": "2026-11-05"},
        "mau-01": operator,
        "mau-02": operator | {"number": "7", "date": "2026-02-09"},
        "mau-03": operator,
        "mau-05": operator,
        "mau-06": owner,
        "mau-07": owner,
        "quyet-dinh-cap-do-1-2": unit | {"number": "5", "date": "2026-12-01"},
        "bao-cao-chu-quan": unit,
        "bao-cao-rui-ro": operator | {"number": "4", "date": "2026-10-06"},
    }
    return {
        f"doc.{key}.{name}": value for key, values in per_document.items() for name, value in values.items()
    }


_TITLES = {
    "thuyet-minh": "Thuyết minh Hồ sơ đề xuất cấp độ",
    "mau-01": "Văn bản đề nghị thẩm định, phê duyệt hồ sơ đề xuất cấp độ",
    "mau-02": "Văn bản đề nghị thẩm định hồ sơ đề xuất cấp độ",
    "mau-03": "Văn bản xin ý kiến chuyên môn về hồ sơ đề xuất cấp độ",
    "mau-05": "Tờ trình phê duyệt hồ sơ đề xuất cấp độ",
    "mau-06": "Quyết định phê duyệt cấp độ hệ thống thông tin",
    "mau-07": "Quyết định phê duyệt phương án bảo đảm an ninh mạng hệ thống thông tin",
    "quyet-dinh-cap-do-1-2": "Quyết định phê duyệt cấp độ hệ thống thông tin",
    "bao-cao-rui-ro": "Báo cáo đánh giá rủi ro an ninh mạng",
    "bao-cao-chu-quan": "Báo cáo kết quả thẩm định, phê duyệt cấp độ",
}


def route(level: int, *, listed: bool = False, preparer: Role = "operator") -> Route:
    def spec(document: str, issuer: Role, addressee: Role | None, *, ours: bool = False) -> DocumentSpec:
        late = document in {"mau-05", "mau-06", "mau-07", "quyet-dinh-cap-do-1-2", "bao-cao-chu-quan"}
        return DocumentSpec(
            document=document,
            title_vi=_TITLES[document],
            stage="approval" if late else "appraisal",
            issuer=issuer,
            addressee=addressee,
            cite="nd331-2026:21",
            ours=ours,
        )

    documents = [spec("thuyet-minh", preparer, None)]
    if level <= 2:
        documents += [
            spec("mau-01", preparer, "security_unit"),
            spec("quyet-dinh-cap-do-1-2", "security_unit", None, ours=True),
            spec("bao-cao-chu-quan", "security_unit", "owner", ours=True),
        ]
    else:
        if level >= 4 or listed:
            documents.append(spec("bao-cao-rui-ro", preparer, None, ours=True))
            documents.append(spec("mau-03", preparer, "security_unit"))
            documents.append(spec("mau-02", "owner", "ministry"))
        else:
            documents.append(spec("mau-02", preparer, "appraiser"))
        documents.append(spec("mau-05", preparer, "owner"))
        documents.append(spec("mau-07" if level == 5 or listed else "mau-06", "owner", None))
    return Route(
        level=level,
        listed=listed,
        documents=tuple(documents),
        authorities=(),
        time_limits=(),
        design_document_vi="",
        design_document_cite="nd331-2026:21.2.b",
        opinion_needed=level >= 4 or listed,
    )


def proposal(
    level: int = 3,
    *,
    stage: str = "in_operation",
    listed: bool = False,
    preparer: Role = "operator",
    changes: dict[str, Any] | None = None,
) -> ProposalDossier:
    given = answers(level, stage) | (changes or {})
    return ProposalDossier(
        code="HT-03",
        name="Cổng khách hàng",
        revision=7,
        answers={key: value for key, value in given.items() if value is not None},
        classification=classification(level, listed=listed),
        proposed_level=level,
        proposed_reason=None,
        route=route(level, listed=listed, preparer=preparer),
        ruleset=RULESET,
        attachments={
            PICTURE_SHA: AttachmentMeta(**_attached(PICTURE_SHA, "mo-hinh-lo-gic.png", "image/png", PICTURE)),
            DESIGN_SHA: AttachmentMeta(**_attached(DESIGN_SHA, "thiet-ke.pdf", "application/pdf", DESIGN)),
        },
    )


def empty(level: int | None = None) -> ProposalDossier:
    """Nothing answered but the name of the workspace's list; with a level, its whole route."""
    return ProposalDossier(
        code="HT-99",
        name="",
        revision=1,
        answers={},
        classification=classification(None).model_copy(
            update={
                "results": (),
                "deciding": (),
                "near_misses": (),
                "grey_points": (),
                "warnings": (),
                "harm": (),
            }
        ),
        proposed_level=None,
        proposed_reason=None,
        route=route(level) if level else None,
        ruleset=RULESET,
        attachments={},
    )


def context(given: ProposalDossier) -> DossierContext:
    return assemble(given, FakeLibrary(), FakeForms())  # type: ignore[arg-type]
