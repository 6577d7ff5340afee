"""moto's server with what it lacks of AWS and the tests need. Each addition follows the API reference of the service:
 - SSM: DescribeInstanceInformation and ListInventoryEntries, from profiles that instances name in the tag "test:software";
 - SSM: SendCommand and GetCommandInvocation, which run the script with /bin/sh on the folder that the instance names in the tag
   "test:root" (its tag "test:shell" is another shell, "test:command" an end without a run, in the words of StatusDetails);
 - ECR: digests of manifests as registries have them, and a login that names the registry that holds the layers;
 - Lambda: the code lies at the address that GetFunction gives; GetLayerVersionByArn;
 - EKS: clusters that the fixture names answer at the address that it gives;
 - EC2: block public access of VPCs, which is off and without exclusions;
 - EBS: blocks of snapshots that EC2 took, from the file that the volume's instance names in the tag "test:disk".
Usage: python3 server.py PORT FIXTURE.json
"""

import base64
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
import uuid
from urllib.parse import unquote, urlparse

import moto.ebs.models as ebs_models
import moto.ebs.responses as ebs_responses
import moto.ec2.responses as ec2_responses
import moto.ecr.models as ecr_models
import moto.ecr.responses as ecr_responses
import moto.awslambda.responses as lambda_responses
import moto.eks.models as eks_models
import moto.ssm.responses as ssm_responses
from moto.awslambda.models import lambda_backends
from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.s3.models import s3_backends
from moto.ssm.exceptions import SSMException

FIXTURE = json.load(open(sys.argv[2], encoding="utf-8"))
BLOCK = 512 * 1024


# EC2

EC2_XML = '<{0}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>{1}</requestId>{2}</{0}Response>'


def describe_vpc_block_public_access_options(self):
    options = (
        f"<awsAccountId>{self.current_account}</awsAccountId><awsRegion>{self.region}</awsRegion>"
        f"<state>default-state</state><internetGatewayBlockMode>off</internetGatewayBlockMode>"
    )
    body = f"<vpcBlockPublicAccessOptions>{options}</vpcBlockPublicAccessOptions>"
    return EC2_XML.format("DescribeVpcBlockPublicAccessOptions", uuid.uuid4(), body)


def describe_vpc_block_public_access_exclusions(self):
    body = "<vpcBlockPublicAccessExclusionSet/>"
    return EC2_XML.format("DescribeVpcBlockPublicAccessExclusions", uuid.uuid4(), body)


ec2_responses.EC2Response.describe_vpc_block_public_access_options = describe_vpc_block_public_access_options
ec2_responses.EC2Response.describe_vpc_block_public_access_exclusions = describe_vpc_block_public_access_exclusions


# SSM


def software_of(instance):
    tags = {tag["key"]: tag["value"] for tag in instance.get_tags()}
    name = tags.get("test:software")
    return FIXTURE["software"].get(name) if name else None


def instances_of(response):
    backend = ec2_backends[response.current_account][response.region]
    for reservation in backend.reservations.values():
        for instance in reservation.instances:
            yield instance


def describe_instance_information(self):
    asked = json.loads(self.body or "{}")
    size, start = asked.get("MaxResults") or 10, int(asked.get("NextToken") or 0)
    managed = [(one, software_of(one)) for one in instances_of(self) if software_of(one) and one.state == "running"]
    rows = [
        {
            "InstanceId": instance.id,
            "PingStatus": software.get("ping", "Online"),
            "LastPingDateTime": software["at"],
            "AgentVersion": "3.3.2299.0",
            "PlatformType": software.get("type", "Linux"),
            "PlatformName": software["name"],
            "PlatformVersion": software["version"],
            "ResourceType": "EC2Instance",
            "AssociationStatus": "Success",
            "LastSuccessfulAssociationExecutionDate": software["at"],
        }
        for instance, software in managed
    ]
    page = rows[start : start + size]
    more = {"NextToken": str(start + size)} if start + size < len(rows) else {}
    return ActionResult({"InstanceInformationList": page, **more})


def list_inventory_entries(self):
    asked = json.loads(self.body or "{}")
    instance = next((one for one in instances_of(self) if one.id == asked["InstanceId"]), None)
    software = software_of(instance) if instance else None
    entries = (software or {}).get("types", {}).get(asked["TypeName"], [])
    size, start = asked.get("MaxResults") or 50, int(asked.get("NextToken") or 0)
    more = {"NextToken": str(start + size)} if start + size < len(entries) else {}
    return ActionResult(
        {
            "TypeName": asked["TypeName"],
            "InstanceId": asked["InstanceId"],
            "SchemaVersion": "1.1",
            "CaptureTime": (software or {}).get("captured", ""),
            "Entries": entries[start : start + size],
            **more,
        }
    )


ssm_responses.SimpleSystemManagerResponse.describe_instance_information = describe_instance_information
ssm_responses.SimpleSystemManagerResponse.list_inventory_entries = list_inventory_entries


COMMANDS = {}
OUTPUT_MAX, ERROR_MAX = 24000, 8000


def run_script(run, script, seconds, root, shell):
    environment = {**os.environ, "HARRIER_ROOT": root}
    try:
        done = subprocess.run(
            [*shell.split(" "), "-c", script], env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds
        )
        state = ("Success", "Success") if done.returncode == 0 else ("Failed", "Failed")
        out, err = done.stdout, done.stderr
    except subprocess.TimeoutExpired as late:
        state, out, err = ("TimedOut", "ExecutionTimedOut"), late.stdout or b"", late.stderr or b""
    run.update(
        Status=state[0],
        StatusDetails=state[1],
        StandardOutputContent=out.decode("utf-8", "replace")[:OUTPUT_MAX],
        StandardErrorContent=err.decode("utf-8", "replace")[:ERROR_MAX],
    )


def send_command(self):
    asked = json.loads(self.body)
    name = asked["InstanceIds"][0]
    instance = next((one for one in instances_of(self) if one.id == name), None)
    if instance is None or instance.state != "running" or asked["DocumentName"] != "AWS-RunShellScript":
        raise SSMException("InvalidInstanceId", "Instances not in a valid state for account")
    tags = {tag["key"]: tag["value"] for tag in instance.get_tags()}
    command = str(uuid.uuid4())
    run = {
        "CommandId": command,
        "InstanceId": name,
        "DocumentName": asked["DocumentName"],
        "Comment": asked.get("Comment", ""),
        "Status": "InProgress",
        "StatusDetails": "InProgress",
        "StandardOutputContent": "",
        "StandardErrorContent": "",
    }
    COMMANDS[(self.current_account, self.region, command, name)] = {"asked": 0, "run": run}
    if "test:command" in tags:
        detail = tags["test:command"]
        run.update(Status="TimedOut" if detail.endswith("TimedOut") else "Failed", StatusDetails=detail)
    else:
        script = "\n".join(asked["Parameters"]["commands"])
        seconds = int(asked["Parameters"]["executionTimeout"][0])
        arguments = (run, script, seconds, tags.get("test:root", "/nowhere"), tags.get("test:shell", "/bin/sh"))
        threading.Thread(target=run_script, args=arguments, daemon=True).start()
    return ActionResult({"Command": {"CommandId": command, "InstanceIds": [name], "Status": "Pending"}})


def get_command_invocation(self):
    asked = json.loads(self.body)
    key = (self.current_account, self.region, asked["CommandId"], asked["InstanceId"])
    known = COMMANDS.get(key)
    # As at AWS, where a command that was sent a moment ago is not known everywhere.
    if known is None or known["asked"] == 0:
        if known is not None:
            known["asked"] = 1
        raise SSMException("InvocationDoesNotExist", "")
    return ActionResult(known["run"])


ssm_responses.SimpleSystemManagerResponse.send_command = send_command
ssm_responses.SimpleSystemManagerResponse.get_command_invocation = get_command_invocation


# ECR


def digest_of_manifest(self):
    self._image_digest = "sha256:" + hashlib.sha256(self.image_manifest.encode()).hexdigest()


ecr_models.Image._create_digest = digest_of_manifest


def get_authorization_token(self):
    account = self.current_account
    login = {
        "authorizationToken": base64.b64encode(b"AWS:ecr-token").decode(),
        "expiresAt": time.time() + 12 * 3600,
        "proxyEndpoint": FIXTURE.get("registry") or f"https://{account}.dkr.ecr.{self.region}.amazonaws.com",
    }
    return ActionResult({"authorizationData": [login]})


ecr_responses.ECRResponse.get_authorization_token = get_authorization_token


def get_download_url_for_layer(self):
    asked = json.loads(self.body)
    # Its layers lie in the registry alone: a repository that is not here is what this is asked about.
    self.ecr_backend.describe_repositories(repository_names=[asked["repositoryName"]])
    return ActionResult({"layerDigest": asked["layerDigest"], "downloadUrl": FIXTURE.get("registry", "")})


ecr_responses.ECRResponse.get_download_url_for_layer = get_download_url_for_layer


# Lambda


def keep_at(url, content):
    """Puts content where a presigned address of it points. Names of buckets are global, so one account has them."""
    address = urlparse(url)
    bucket, key = address.netloc.split(".")[0], unquote(address.path.lstrip("/"))
    backend = s3_backends["123456789012"]["aws"]
    if bucket not in backend.buckets:
        backend.create_bucket(bucket, "us-east-1")
    if key not in backend.buckets[bucket].keys:
        from moto.s3.models import get_canned_acl

        backend.put_object(bucket, key, content)
        backend.buckets[bucket].keys[key].set_acl(get_canned_acl("public-read"))


real_get_function = lambda_responses.LambdaResponse.get_function


def get_function(self):
    body = real_get_function(self)
    told = json.loads(body)
    location = (told.get("Code") or {}).get("Location")
    if location:
        backend = lambda_backends[self.current_account][self.region]
        function = backend.get_function(told["Configuration"]["FunctionName"])
        keep_at(location, function.code_bytes)
    return body


lambda_responses.LambdaResponse.get_function = get_function


def layer_by_arn(self):
    parts = self._get_param("Arn").split(":")
    region, account, name, version = parts[3], parts[4], parts[6], parts[7]
    layer = lambda_backends[account][region].get_layer_version(name, version)
    url = f"https://awslambda-{region}-layers.s3.{region}.amazonaws.com/{account}/{name}-{version}"
    keep_at(url, layer.code_bytes)
    digest = base64.b64encode(hashlib.sha256(layer.code_bytes).digest()).decode()
    content = {"Location": url, "CodeSha256": digest, "CodeSize": len(layer.code_bytes)}
    return json.dumps({"LayerVersionArn": layer.arn, "Version": int(version), "Content": content})


real_list_layers = lambda_responses.LambdaResponse.list_layers


def list_layers(self):
    return layer_by_arn(self) if self._get_param("Arn") else real_list_layers(self)


lambda_responses.LambdaResponse.list_layers = list_layers


# EKS

real_create_cluster = eks_models.EKSBackend.create_cluster


def create_cluster(self, name, *arguments, **named):
    cluster = real_create_cluster(self, name, *arguments, **named)
    known = (FIXTURE.get("clusters") or {}).get(name)
    if known:
        cluster.endpoint = known["endpoint"]
        cluster.certificate_authority = {"data": known["authority"]}
    return cluster


eks_models.EKSBackend.create_cluster = create_cluster


# EBS


class DiskOfFile:
    """Blocks of a disk image; those of zeros alone were never written."""

    def __init__(self, path):
        self.path = path
        self.size = os.path.getsize(path)
        self.present = []
        with open(path, "rb") as disk:
            index = 0
            while True:
                block = disk.read(BLOCK)
                if not block:
                    break
                if block.count(0) != len(block):
                    self.present.append(index)
                index += 1

    def block(self, index):
        with open(self.path, "rb") as disk:
            disk.seek(index * BLOCK)
            data = disk.read(BLOCK)
        return data + b"\0" * (BLOCK - len(data))


DISKS = {}


def disk_of(backend, snapshot_id):
    snapshot = next((one for one in backend.ec2_backend.describe_snapshots() if one.id == snapshot_id), None)
    if snapshot is None:
        return None
    for reservation in backend.ec2_backend.reservations.values():
        for instance in reservation.instances:
            tags = {tag["key"]: tag["value"] for tag in instance.get_tags()}
            volumes = {device.volume_id for device in instance.block_device_mapping.values()}
            path = tags.get("test:disk")
            if path and snapshot.volume.id in volumes:
                if path not in DISKS:
                    DISKS[path] = DiskOfFile(path)
                return DISKS[path]
    return None


def list_snapshot_blocks(self):
    snapshot_id = self.path.split("/")[-2]
    disk = disk_of(self.ebs_backend, snapshot_id)
    if disk is None:
        return 404, {"status": 404}, json.dumps({"Message": "no such snapshot", "Reason": "SNAPSHOT_NOT_FOUND"})
    size = int(self._get_param("maxResults") or 10000)
    start = int(self._get_param("pageToken") or 0)
    page = disk.present[start : start + size]
    body = {
        "Blocks": [{"BlockIndex": index, "BlockToken": f"t{index}"} for index in page],
        "ExpiryTime": 4102444800,
        "VolumeSize": max(1, -(-disk.size // 1024**3)),
        "BlockSize": BLOCK,
    }
    if start + size < len(disk.present):
        body["NextToken"] = str(start + size)
    return 200, {}, json.dumps(body)


def get_snapshot_block(self):
    parts = self.path.split("/")
    disk = disk_of(self.ebs_backend, parts[-3])
    if disk is None:
        return 404, {"status": 404}, json.dumps({"Message": "no such snapshot", "Reason": "SNAPSHOT_NOT_FOUND"})
    data = disk.block(int(parts[-1]))
    return 200, {
        "x-amz-Data-Length": str(len(data)),
        "x-amz-Checksum": base64.b64encode(hashlib.sha256(data).digest()).decode(),
        "x-amz-Checksum-Algorithm": "SHA256",
    }, data


for name in ("list_snapshot_blocks", "get_snapshot_block"):
    if not hasattr(ebs_responses.EBSResponse, name):
        raise SystemExit(f"this moto has no {name}")
ebs_responses.EBSResponse.list_snapshot_blocks = list_snapshot_blocks
ebs_responses.EBSResponse.get_snapshot_block = get_snapshot_block

from moto.server import main  # noqa: E402

main(["-H", "127.0.0.1", "-p", sys.argv[1]])
