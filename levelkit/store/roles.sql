-- Vai trò của levelkit trong một cơ sở dữ liệu PostgreSQL: đọc, soạn, thẩm định.
-- Chạy bằng tài khoản quản trị, sau khi levelkit đã tạo bảng; chạy lại sau mỗi lần levelkit nâng cấp dữ liệu.
-- Chạy nhiều lần cho cùng một kết quả. Cách dùng: docs/postgresql.md.

BEGIN;

DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['levelkit_reader', 'levelkit_preparer', 'levelkit_appraiser'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        END IF;
    END LOOP;
    EXECUTE format('REVOKE CONNECT, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO levelkit_reader', current_database());
END
$$;

-- Người soạn và người thẩm định đọc được mọi thứ người đọc đọc được.
GRANT levelkit_reader TO levelkit_preparer, levelkit_appraiser;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO levelkit_reader;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, levelkit_reader, levelkit_preparer, levelkit_appraiser;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO levelkit_reader;

-- Nhật ký (event) và hồ sơ đã xuất (document) chỉ thêm được, không sửa, không xoá; hệ thống không xoá hẳn được.
GRANT INSERT ON system, answer, table_row, attachment, ruleset_package, event, document, shared_record
    TO levelkit_preparer;
GRANT UPDATE ON system, answer, table_row, shared_record TO levelkit_preparer;
GRANT DELETE ON answer, table_row, shared_record TO levelkit_preparer;

-- Người thẩm định: trạng thái của hệ thống, kết quả thẩm định và ý kiến chuyên môn, tệp đính kèm của hai việc đó.
GRANT INSERT ON answer, table_row, attachment, event, document TO levelkit_appraiser;
GRANT UPDATE, DELETE ON answer, table_row TO levelkit_appraiser;
GRANT UPDATE (
    status, revision, updated_at, name, folded, ruleset_id, ruleset_version, ruleset_sha256, ruleset_pins,
    computed_level, at_least, at_most, proposed_level, approved_level, deadlines
) ON system TO levelkit_appraiser;

GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO levelkit_preparer, levelkit_appraiser;

CREATE OR REPLACE FUNCTION levelkit_check_answer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    question text := CASE WHEN TG_OP = 'DELETE' THEN OLD.question_id ELSE NEW.question_id END;
    owner oid := (SELECT relowner FROM pg_class WHERE oid = TG_RELID);
BEGIN
    IF NOT pg_has_role(current_user, 'levelkit_preparer', 'USAGE')
        AND NOT pg_has_role(current_user, owner, 'USAGE')
        AND question NOT LIKE 'appraisal.%' AND question NOT LIKE 'opinion.%' THEN
        RAISE insufficient_privilege USING MESSAGE = 'levelkit: ' || current_user || ', ' || question;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE OR REPLACE TRIGGER levelkit_check_answer BEFORE INSERT OR UPDATE OR DELETE ON answer
    FOR EACH ROW EXECUTE FUNCTION levelkit_check_answer();
CREATE OR REPLACE TRIGGER levelkit_check_answer BEFORE INSERT OR UPDATE OR DELETE ON table_row
    FOR EACH ROW EXECUTE FUNCTION levelkit_check_answer();

-- Nhật ký ghi tên tài khoản đã đăng nhập, chương trình nào gửi tên gì cũng vậy.
CREATE OR REPLACE FUNCTION levelkit_sign_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.who := session_user;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER levelkit_sign_event BEFORE INSERT ON event
    FOR EACH ROW EXECUTE FUNCTION levelkit_sign_event();

COMMIT;
